import multiprocessing
import os
import stat
from pathlib import Path

import pytest

from app.config import VARIABLES, Secret, Settings, SettingsError

LIVE = {
    "TWILIO_ACCOUNT_SID": "AC" + "0a" * 16,
    "TWILIO_AUTH_TOKEN": "first-token",
    "TWILIO_PHONE_NUMBER": "+16085551234",
    "PUBLIC_URL": "https://calls.example.org",
    "SECRET_KEY": "s" * 32,
    "PHONE_HASH_KEY": "p" * 32,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "a folder"


def load(folder: Path, **environ: str) -> Settings:
    return Settings.load({"INSTANCE_DIR": str(folder), **environ}, folder / ".env")


def problems(folder: Path, **environ: str) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(folder, **environ)
    return str(caught.value).splitlines()


def test_the_demo_needs_nothing(folder: Path) -> None:
    settings = load(folder)
    assert settings.is_demo
    assert (settings.host, settings.port) == ("127.0.0.1", 5000)
    assert settings.public_url == "http://127.0.0.1:5000"
    assert settings.database_url == f"sqlite:///{folder}/patchline.db"
    assert settings.phone_number == "+15005550006"
    assert settings.redis_url is None
    assert (settings.web_concurrency, settings.log_level) == (1, "info")


def test_the_demo_keeps_the_secrets_it_makes(folder: Path) -> None:
    first, second = load(folder), load(folder)
    assert first == second
    assert len({first.secret_key, first.phone_hash_key, *first.auth_tokens}) == 3
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    names = {file.name for file in folder.iterdir()}
    assert names == {"secret_key", "phone_hash_key", "twilio_auth_token"}
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert first.auth_token_file.read_text().strip() == first.auth_tokens[0].reveal()


def test_processes_that_start_at_once_agree_on_the_secrets(folder: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        loaded = pool.map(_key_of, [folder] * 8)
    assert len(set(loaded)) == 1


def _key_of(folder: Path) -> str:
    return load(folder).secret_key.reveal()


def test_given_secrets_win_over_kept_ones(folder: Path) -> None:
    settings = load(folder, TWILIO_AUTH_TOKEN="mine", SECRET_KEY="short", PHONE_HASH_KEY="too")
    assert settings.auth_tokens == (Secret("mine"),)
    assert not settings.auth_token_is_generated
    assert not folder.exists()


def test_an_empty_secret_file_is_named(folder: Path) -> None:
    folder.mkdir()
    (folder / "secret_key").touch()
    (told,) = problems(folder)
    assert told.startswith("SECRET_KEY is not set, and")
    assert f"{folder}/secret_key is empty" in told


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert all(str(file) in told for told in problems(file / "below"))


def test_a_secret_file_that_is_no_text_is_named(folder: Path) -> None:
    folder.mkdir()
    (folder / "phone_hash_key").write_bytes(b"\xff\xfe")
    (told,) = problems(folder)
    assert "phone_hash_key cannot be read or made (not plain text)" in told


def test_live_mode_takes_what_it_is_given(folder: Path) -> None:
    settings = load(folder, **LIVE)
    assert not settings.is_demo
    assert settings.account_sid == LIVE["TWILIO_ACCOUNT_SID"]
    assert not folder.exists()


def test_live_mode_names_all_that_is_missing(folder: Path) -> None:
    told = problems(folder, TWILIO_ACCOUNT_SID=LIVE["TWILIO_ACCOUNT_SID"])
    named = {line.split()[0] for line in told if "is missing" in line}
    assert len(told) == 5
    assert named == LIVE.keys() - {"TWILIO_ACCOUNT_SID"}


def test_live_mode_wants_https_and_long_keys(folder: Path) -> None:
    weak = {"PUBLIC_URL": "http://calls.example.org", "SECRET_KEY": "a", "PHONE_HASH_KEY": "b"}
    told = problems(folder, **{**LIVE, **weak})
    assert [line.split()[0] for line in told] == ["PUBLIC_URL", "SECRET_KEY", "PHONE_HASH_KEY"]


BAD = {
    "HOST": "http://here",
    "PORT": "70000",
    "PUBLIC_URL": "https://name:word@example.org",
    "DATABASE_URL": "mysql://here/db",
    "REDIS_URL": "http://here",
    "TWILIO_ACCOUNT_SID": "AC123",
    "TWILIO_AUTH_TOKEN": " , ",
    "TWILIO_PHONE_NUMBER": "0608",
    "FALLBACK_URL": "http://static.example.org",
    "SMTP_URL": "mail.example.org",
    "MAIL_FROM": "calls",
    "TRUSTED_PROXIES": "-1",
    "SECRET_KEY": "short",
    "PHONE_HASH_KEY": "short",
    "WEB_CONCURRENCY": "0",
    "LOG_LEVEL": "loud",
    "SENTRY_DSN": "https://errors.example.org/1",
    "OTEL_EXPORTER_OTLP_ENDPOINT": "collector:4318",
}


def test_every_malformed_variable_is_named_in_one_message(folder: Path) -> None:
    told = problems(folder, **BAD)
    assert {line.split()[0] for line in told} == BAD.keys()
    assert len(told) == len(BAD)
    # A folder's name cannot be malformed: whether it can be used shows when it is.
    assert {variable.name for variable in VARIABLES} - BAD.keys() == {"INSTANCE_DIR"}


def test_a_mail_server_needs_a_sender(folder: Path) -> None:
    url = "smtp://me:hush@mail.example.org"
    assert problems(folder, SMTP_URL=url) == ["MAIL_FROM is missing: set it to the address that mail comes from."]
    settings = load(folder, SMTP_URL=url, MAIL_FROM="calls@example.org")
    assert settings.smtp_url == Secret(url)
    assert "hush" not in repr(settings)


@pytest.mark.parametrize("port", ["", " ", "0", "65536", "-1", "5_000", "٥٠٠٠", "1e3", "9" * 30])
def test_a_port_is_a_whole_number_or_unset(folder: Path, port: str) -> None:
    if port.strip():
        assert problems(folder, PORT=port)[0].startswith("PORT must be a whole number")
    else:
        assert load(folder, PORT=port).port == 5000


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://example.org/", "https://example.org"),
        ("https://example.org/calls/", "https://example.org/calls"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_a_public_url_may_have_a_path_and_loses_its_last_slash(folder: Path, given: str, kept: str) -> None:
    assert load(folder, PUBLIC_URL=given).public_url == kept


@pytest.mark.parametrize(
    "url",
    [
        "example.org",
        "ftp://example.org",
        "https://",
        "https://example.org?a=b",
        "https://example.org/#",
        "https://example.org:port",
        "https://exa mple.org",
        "https://exämple.org",
        "https://[::1",
    ],
)
def test_a_public_url_that_callers_could_not_be_sent_to_is_refused(folder: Path, url: str) -> None:
    (told,) = problems(folder, PUBLIC_URL=url)
    assert told.startswith("PUBLIC_URL ")


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_each_spelling_of_postgresql_leads_to_psycopg_3(folder: Path, scheme: str) -> None:
    settings = load(folder, DATABASE_URL=f"{scheme}://me:word@here/calls")
    assert settings.database_url == "postgresql+psycopg://me:word@here/calls"


def test_a_listening_address_of_version_6_makes_a_url(folder: Path) -> None:
    assert load(folder, HOST="::1").public_url == "http://[::1]:5000"


def test_several_auth_tokens_serve_while_they_are_rotated(folder: Path) -> None:
    settings = load(folder, TWILIO_AUTH_TOKEN=" new , old,,new ")
    assert [token.reveal() for token in settings.auth_tokens] == ["new", "old"]
    (told,) = problems(folder, TWILIO_AUTH_TOKEN="new old")
    assert told.startswith("TWILIO_AUTH_TOKEN must be")


def test_the_environment_wins_over_the_file_unless_it_is_empty(folder: Path) -> None:
    folder.mkdir()
    (folder / ".env").write_text("PORT=6001\nHOST='0.0.0.0'\nSECRET_KEY=a$b${c}\nLOG_LEVEL\n")
    settings = load(folder, PORT="6002", HOST="")
    assert (settings.port, settings.host) == (6002, "0.0.0.0")
    assert settings.secret_key.reveal() == "a$b${c}"
    assert settings.log_level == "info"


def test_a_line_of_the_file_that_means_nothing_is_named(folder: Path) -> None:
    folder.mkdir()
    (folder / ".env").write_text("PORT=6001\nHOST='0.0\n")
    assert ", line 2," in problems(folder)[0]


def test_a_file_that_cannot_be_read_is_named(folder: Path) -> None:
    (folder / ".env").mkdir(parents=True)
    assert f"{folder}/.env cannot be read" in problems(folder)[0]


def test_secrets_do_not_show(folder: Path) -> None:
    settings = load(folder, **LIVE, DATABASE_URL="postgres://me:word@here/x", REDIS_URL="redis://k@h")
    shown = f"{settings} {settings!r} {settings.secret_key} {settings.auth_tokens}"
    for hidden in ("first-token", "sss", "ppp", "word", "k@h"):
        assert hidden not in shown
    assert settings.redis_url == Secret("redis://k@h")


def test_secrets_are_compared_with_secrets_alone() -> None:
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert hash(Secret("a")) == hash(Secret("a"))


def test_no_message_shows_a_secret(folder: Path) -> None:
    told = " ".join(problems(folder, **{**BAD, "DATABASE_URL": "mysql://me:hush@here"}))
    assert "hush" not in told
    assert "name:word" not in told


def test_the_process_environment_is_left_alone(folder: Path) -> None:
    before = dict(os.environ)
    load(folder)
    assert dict(os.environ) == before
