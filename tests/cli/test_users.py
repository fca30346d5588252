"""`patchline users` on a database of its own, which need not have been started before."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli.users import users
from app.config import Secret, Settings
from app.domain.audit import By
from app.domain.clock import SystemClock
from app.domain.organizers import DEMO_OWNER
from app.domain.roles import Role
from app.services.demo_owner import demo_sign_in, settle_demo_owner
from app.services.desk import Desk, open_desk
from app.services.passwords import fits
from app.services.people import find_by_email
from app.services.share_links import guests_of, make_share_link
from app.services.tokens import hashed
from app.store.database import Database
from app.store.organizers import UnknownOrganizer

ANA = "ana@example.org"
Run = Callable[..., Result]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a demo that was never started."""
    environ = {"DATABASE_URL": f"sqlite:///{tmp_path}/a.db", "INSTANCE_DIR": str(tmp_path / "instance")}
    return Settings.load(environ, tmp_path / "no.env")


@pytest.fixture
def run(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `users` with arguments."""
    monkeypatch.chdir(tmp_path)
    env = {"DATABASE_URL": settings.database_url, "INSTANCE_DIR": str(settings.instance_dir)}
    return lambda line, stdin="": CliRunner().invoke(users, line.split(), input=stdin, env=env)


@contextmanager
def desk(settings: Settings) -> Iterator[Desk]:
    with closing(Database(settings.database_url)) as database:
        yield open_desk(settings, database, SystemClock())


def test_a_link_is_printed_for_a_new_account(run: Run, settings: Settings) -> None:
    result = run(f"create {ANA.upper()} --role analyst --campaign honduras-2017")
    assert result.exit_code == 0, result.output
    assert f"{ANA} is analyst" in result.output
    assert "http://127.0.0.1:5000/console/invitation/" in result.output
    with desk(settings) as open_one:
        account = find_by_email(open_one, ANA)
    assert account.is_invited
    assert account.role is Role.ANALYST
    assert account.campaigns == {"honduras-2017"}


def test_a_password_can_be_given_instead(run: Run, settings: Settings) -> None:
    result = run(f"create {ANA} --role owner --password-stdin", "correct horse battery\n")
    assert result.output == f"{ANA} is owner, and can sign in.\n"
    with desk(settings) as open_one:
        assert fits(find_by_email(open_one, ANA).password_hash, "correct horse battery")


@pytest.mark.parametrize(
    ("line", "stdin", "said"),
    [
        ("create ana --role owner", "", "Write an e-mail address"),
        (f"create {ANA} --role owner --password-stdin", "short\n", "at least 12 characters"),
        (f"create {ANA} --role owner --campaign honduras-2017", "", "An owner has all campaigns"),
        (f"create {ANA} --role viewer --campaign nothing", "", "There is no campaign 'nothing'."),
        (f"create {DEMO_OWNER} --role viewer", "", "has an account already"),
        (f"reset {ANA}", "", f"{ANA} has no account."),
    ],
)
def test_what_is_wrong_is_one_sentence(run: Run, line: str, stdin: str, said: str) -> None:
    result = run(line, stdin)
    assert result.exit_code == 1
    assert said in result.output
    assert result.output.count("\n") == 1
    assert not result.stdout


def test_a_role_is_needed_and_must_be_one(run: Run) -> None:
    assert run(f"create {ANA}").exit_code == 2
    assert run(f"create {ANA} --role admin").exit_code == 2


def test_a_link_to_a_new_password(run: Run, settings: Settings) -> None:
    run(f"create {ANA} --role owner --password-stdin", "correct horse battery\n")
    result = run(f"reset {ANA} --without-second-factor")
    assert "/console/reset/" in result.output


def test_the_demo_has_an_owner_whose_sign_in_is_kept_and_who_is_shut_out_of_a_live_server(
    run: Run, settings: Settings
) -> None:
    run("reset nobody@example.org")
    email, password = demo_sign_in(settings)
    assert settings.demo_sign_in_file.stat().st_mode & 0o777 == 0o600
    assert (email, password) == demo_sign_in(settings)
    with desk(settings) as open_one:
        account = find_by_email(open_one, DEMO_OWNER)
        assert account.role is Role.OWNER
        assert fits(account.password_hash, password)
        token = Secret("x")
        share = make_share_link(open_one, By(email), account.member(), "honduras-2017", "the board", 7)
        token_hash = hashed(share.rpartition("/")[2])
        assert guests_of(open_one, [token_hash])
        live = replace(settings, account_sid="AC" + "a" * 32, auth_tokens=(token,))
        for _ in range(2):
            settle_demo_owner(live, open_one.database, SystemClock())
        assert find_by_email(open_one, DEMO_OWNER).disabled_at
        assert not guests_of(open_one, [token_hash])
        with pytest.raises(UnknownOrganizer):
            find_by_email(open_one, ANA)
