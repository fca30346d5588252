"""The commands of campaigns and of their keys, on a database of their own."""

import re
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli.campaigns import campaigns
from app.cli.privacy import privacy
from app.domain.documents import read_document
from app.services.campaign_files import render_campaign_file
from app.store import audit
from app.store.audit import Wanted
from app.store.database import Database
from app.store.migrate import upgrade
from tests.store.making import trouble
from tests.support.campaign_documents import small, small_office

Run = Callable[..., Result]
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `campaigns` or `privacy` with arguments, as in a shell in an empty folder."""
    url = f"sqlite:///{tmp_path}/a.db"
    upgrade(url)
    monkeypatch.chdir(tmp_path)
    env = {"DATABASE_URL": url, "INSTANCE_DIR": str(tmp_path / "instance"), "TWILIO_PHONE_NUMBER": "+15005550006"}

    def run(line: str, stdin: bytes | str = "", **changes: str) -> Result:
        group, *arguments = line.split()
        command = {"campaigns": campaigns, "privacy": privacy}[group]
        return CliRunner().invoke(command, arguments, input=stdin, env=env | changes)

    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The small campaign as a file."""
    path = tmp_path / "small.yaml"
    path.write_text(render_campaign_file(read_document(small(status="live"))), encoding="utf-8")
    return path


def audited(tmp_path: Path) -> list[str]:
    """The audit's sentences, the oldest first; all are the command line's."""
    with closing(Database(f"sqlite:///{tmp_path}/a.db")) as database, database.read() as connection:
        kept = audit.page(connection, Wanted(who="command line"), None, 100)
    return [each.entry.sentence for each in reversed(kept)]


def test_a_file_is_imported_exported_and_imported_again(run: Run, file: Path, tmp_path: Path) -> None:
    first = run("campaigns import small.yaml")
    assert (first.exit_code, first.stdout) == (0, "small is published; its status is live.\n")
    exported = run("campaigns export small")
    assert exported.stdout == file.read_text(encoding="utf-8")
    again = run("campaigns import -", exported.stdout_bytes)
    assert again.stdout == "small is unchanged: no new version; its status is live.\n"
    assert audited(tmp_path) == [
        "command line published Small; its status is live.",
        "command line imported the unchanged Small; its status is live.",
    ]


def test_a_byte_order_mark_does_no_harm(run: Run, file: Path) -> None:
    assert run("campaigns import -", b"\xef\xbb\xbf" + file.read_bytes()).exit_code == 0


def test_every_fault_of_a_file_stands_on_standard_error(run: Run, file: Path) -> None:
    file.write_text(
        file.read_text(encoding="utf-8").replace("+16082645338", "1").replace("status: live", "status: alive")
    )
    result = run("campaigns import small.yaml")
    assert (result.exit_code, result.stdout) == (1, "")
    status, number = result.stderr.splitlines()
    assert status.startswith("small.yaml:7: status: It must be live or paused or ended")
    assert "offices[0].number: '1' is not a phone number." in number
    assert run("campaigns list").stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("line", "stdin", "status", "told"),
    [
        ("campaigns import -", b"\xff", 1, "<stdin>: The file is not text in UTF-8 (byte 1)."),
        ("campaigns import -", b"[" * 5_000_000, 1, "more than 1,000,000 characters"),
        ("campaigns import nowhere.yaml", b"", 2, "No such file"),
        ("campaigns show small", b"", 1, "There is no campaign 'small'."),
        ("campaigns export small", b"", 1, "There is no campaign 'small'."),
        ("campaigns show", b"", 2, "Missing argument 'SLUG'"),
        ("privacy destroy-key small --yes", b"", 1, "The campaign 'small' has no key."),
        ("privacy destroy-key ../x --yes", b"", 1, "'../x' may hold only"),
        ("privacy destroy-key small", b"n\n", 1, "Aborted!"),
    ],
)
def test_what_is_wrong_is_told_on_standard_error(run: Run, line: str, stdin: bytes, status: int, told: str) -> None:
    result = run(line, stdin)
    assert result.exit_code == status
    assert told in result.stderr


def test_bad_settings_and_a_database_that_was_not_made_end_a_command(run: Run, tmp_path: Path) -> None:
    bad = run("campaigns list", PORT="x")
    assert bad.exit_code == 2
    assert "PORT" in bad.stderr
    empty = run("campaigns list", DATABASE_URL=f"sqlite:///{tmp_path}/other.db")
    assert empty.exit_code == 1
    assert "not set up for this release" in empty.stderr


def test_two_campaigns_cannot_have_one_number(run: Run) -> None:
    for slug in ("one", "two"):
        text = render_campaign_file(read_document(small(slug=slug, number="+15005550006")))
        result = run("campaigns import -", text.encode())
    assert (result.exit_code, result.stderr) == (1, "The campaign 'one' answers +15005550006 already.\n")


def test_the_list_is_a_table(run: Run, file: Path) -> None:
    run("campaigns import small.yaml")
    header, row = run("campaigns list").stdout.splitlines()
    assert header.split() == ["CAMPAIGN", "STATUS", "NUMBER", "VERSION", "PUBLISHED", "LAST", "DAY"]
    assert row.split()[:4] == ["small", "live", "+15005550006", "1"]
    assert header.index("STATUS") == row.index("live")


def test_a_last_day_that_has_passed_is_refused_unless_the_campaign_has_ended(run: Run) -> None:
    def text(status: str, day: str) -> str:
        return render_campaign_file(read_document(small(status=status, ends_on=day)))

    refused = run("campaigns import -", text("live", "2017-12-22"))
    assert (refused.exit_code, "ends_on: 2017-12-22 has passed" in refused.stderr) == (1, True)
    assert run("campaigns import -", text("live", "2099-12-22")).exit_code == 0
    assert run("campaigns list").stdout.splitlines()[1].endswith("  2099-12-22")
    assert run("campaigns import -", text("ended", "2017-12-22")).exit_code == 0
    assert run("campaigns list").stdout.splitlines()[1].endswith("  2017-12-22, over")
    assert "Last day" in run("campaigns show small").stdout
    opened = run("campaigns status small live")
    assert (opened.stdout, opened.stderr) == (
        "small is live.\n",
        "Its last day was 2017-12-22, so callers hear that it has ended.\n",
    )
    # What it is already may be corrected, and what was exported is imported as it was.
    exported = run("campaigns export small").stdout
    assert run("campaigns import -", exported.replace("Small Group", "Larger Group")).exit_code == 0
    assert "take it away after 2017-12-22" in run("campaigns fallback small").stderr


def test_a_campaign_is_shown_with_keys_hours_and_warnings(run: Run) -> None:
    document = small_office(hours={"mon-sun": "closed"}, hours_assumed=False)
    document["offices"] += [{"name": f"Office {n}", "number": f"608-264-533{n}"} for n in range(6)]
    document |= {"holidays": "US", "closures": ["2017-12-26"], "number": "+15005550006"}
    imported = run("campaigns import -", render_campaign_file(read_document(document)).encode())
    assert imported.stderr == "Please look at offices[0].hours: The office never opens.\n"
    shown = run("campaigns show small").stdout
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    assert "small: Small (Small Group)" in lines
    assert "Number +15005550006" in lines
    assert "Closed federal holidays (US), 2017-12-26" in lines
    assert "Memory supporters are remembered" in lines
    assert "1 Madison +16082645338 mon-sun closed (America/Chicago)" in lines
    assert (
        "2 Peñasco Office +12027367660 ext. w12 mon-fri 9:00-17:00; sat-sun closed (America/Chicago, assumed)" in lines
    )
    assert any(line.startswith("7 2 Office 5") for line in lines)
    assert lines[-1] == "offices[0].hours: The office never opens."


def test_a_destroyed_key_is_shown(run: Run, file: Path, tmp_path: Path) -> None:
    run("campaigns import small.yaml")
    destroyed = run("privacy destroy-key small --yes")
    assert audited(tmp_path)[-1] == "command line destroyed the key of small."
    assert destroyed.stdout == "The key of small is destroyed. Destroy the copies in your backups as well.\n"
    shown = run("campaigns show small").stdout
    assert "none: the key is missing or was destroyed" in shown
    assert "+15005550006 (the installation's)" in shown
    assert "by weekly hours alone" in shown


def test_what_is_kept_for_too_long_is_erased_on_request(run: Run, file: Path, tmp_path: Path) -> None:
    run("campaigns import small.yaml")
    assert run("privacy purge").stdout == "Nothing is kept for longer than it may be.\n"
    text = render_campaign_file(read_document(small(status="ended", ends_on="2017-12-22")))
    run("campaigns import -", text)
    erased = "0 calls, 0 supporters, the key of their pseudonyms"
    assert run("privacy purge").stdout == f"small: {erased} erased.\n"
    assert audited(tmp_path)[-1].startswith("command line")
    assert "none: the key is missing or was destroyed" in run("campaigns show small").stdout


def test_a_campaign_is_paused_and_opened_again(run: Run, file: Path, tmp_path: Path) -> None:
    run("campaigns import small.yaml")
    assert run("campaigns status small paused").stdout == "small is paused.\n"
    assert "paused" in run("campaigns list").stdout
    assert run("campaigns status small resting").exit_code == 2
    assert "command line paused Small." in audited(tmp_path)
    missing = run("campaigns status smal live")
    assert (missing.exit_code, missing.stderr) == (1, "There is no campaign 'smal'.\n")


def test_the_campaign_published_last_takes_the_installations_number_and_says_so(run: Run, file: Path) -> None:
    run("campaigns import small.yaml")
    other = file.read_text(encoding="utf-8").replace("slug: small", "slug: other")
    second = run("campaigns import -", other)
    assert "other now answers +15005550006; no number leads to small any more." in second.stderr


def test_an_office_may_not_have_the_hotlines_own_number(run: Run, file: Path) -> None:
    number = read_document(small()).campaign.offices[0].number
    refused = run("campaigns import small.yaml", TWILIO_PHONE_NUMBER=number)
    assert refused.exit_code == 1
    assert "has the hotline's own number" in refused.stderr


def test_offices_to_which_a_call_failed_are_shown_until_somebody_has_checked_them(
    run: Run, file: Path, tmp_path: Path
) -> None:
    run("campaigns import small.yaml")
    with closing(Database(f"sqlite:///{tmp_path}/a.db")) as database:
        trouble(database, read_document(small()).campaign.offices[0].id, hidden_at=NOW)
    assert "a call to it failed, so # avoids it" in run("campaigns show small").stdout
    assert run("campaigns checked small").stdout.startswith("Checked: ")
    assert "a call to it failed" not in run("campaigns show small").stdout
    assert run("campaigns checked small").stdout == "No call to an office of this campaign has failed.\n"
    assert run("campaigns checked smal").exit_code == 1
    checked, again = audited(tmp_path)[1:]
    assert re.fullmatch(r"command line checked \w+ of Small\.", checked)
    assert again == "command line checked no office of Small."
