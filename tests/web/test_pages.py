"""The pages as they are sent: what they say, what they tell the browser to refuse, and when there is no phone."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import create_app
from app.config import PROJECT_DIR, Secret, Settings
from app.domain.campaigns import CampaignStatus
from app.domain.clock import SystemClock
from app.services.caller_keys import caller_keys
from app.services.campaigns import export_campaign, import_campaign
from app.store.database import Database
from tests.support.demo import demo_settings, put_demo

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
Open = Callable[[Settings], FlaskClient]


@pytest.fixture
def demo(sqlite_url: str, tmp_path: Path) -> Settings:
    settings = demo_settings(sqlite_url, tmp_path)
    put_demo(settings)
    return settings


@pytest.fixture
def live(demo: Settings) -> Settings:
    token = Secret("a-token")
    return replace(demo, account_sid="AC" + "a" * 32, public_url="https://calls.example.org", auth_tokens=(token,))


@pytest.fixture
def visit() -> Iterator[Open]:
    with ExitStack() as stack:

        def opened(settings: Settings) -> FlaskClient:
            return stack.enter_context(closing(create_app(settings))).test_client()

        yield opened


def test_the_first_page_lists_the_campaign_with_its_number_and_keys(demo: Settings, visit: Open) -> None:
    page = visit(demo).get("/").text
    assert "Honduras 2017" in page
    assert "SOA Watch" in page
    assert 'href="tel:+15005550006">Call +1 500-555-0006</a>' in page
    assert '<kbd class="keycap">4</kbd> Madison' in page
    assert 'href="/phone/?campaign=honduras-2017"' in page


def test_a_paused_campaign_is_not_listed_and_the_empty_page_says_what_to_do(demo: Settings, visit: Open) -> None:
    with closing(Database(demo.database_url)) as database:
        document = export_campaign(database, "honduras-2017")
        paused = replace(document, status=CampaignStatus.PAUSED)
        import_campaign(database, caller_keys(demo), SystemClock(), paused)
    page = visit(demo).get("/").text
    assert "Honduras" not in page
    assert "patchline campaigns import FILE" in page


def test_a_live_server_has_no_phone_and_names_none(live: Settings, visit: Open) -> None:
    client = visit(live)
    for path in ("/phone/", "/phone/api/world", "/phone/api/calls"):
        assert client.get(path).status_code == 404
        assert client.post(path, json={}).status_code == 404
    assert "/phone/" not in client.get("/").text


@pytest.mark.parametrize("path", ["/", "/phone/", "/styleguide", "/healthz", "/static/app.css", "/nothing"])
def test_every_answer_tells_the_browser_what_to_refuse(demo: Settings, visit: Open, path: str) -> None:
    answer = visit(demo).get(path, buffered=True)
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in answer.headers
    assert ' style="' not in answer.text
    assert "<style" not in answer.text


def test_https_is_demanded_where_it_is_there(live: Settings, visit: Open) -> None:
    assert visit(live).get("/").headers["Strict-Transport-Security"] == "max-age=31536000"


def test_an_error_is_a_page_for_a_person_and_json_for_a_program(demo: Settings, visit: Open) -> None:
    client = visit(demo)
    page = client.get("/nothing", headers=HTML)
    assert page.status_code == 404
    assert page.mimetype == "text/html"
    assert "There is nothing at this address." in page.text
    for accept in ("*/*", "application/json", ""):
        answer = client.get("/nothing", headers={"Accept": accept})
        assert answer.json == {"error": "There is nothing at this address."}
    assert client.post("/", headers=HTML).status_code == 405


def test_a_fault_is_a_page_too(demo: Settings, visit: Open) -> None:
    def fails() -> str:
        raise OSError("secret detail")

    client = visit(demo)
    client.application.add_url_rule("/fails", view_func=fails)
    page = client.get("/fails", headers=HTML)
    assert page.status_code == 500
    assert "it has been logged" in page.text
    assert "secret detail" not in page.text


def test_a_file_that_is_not_modified_is_closed(demo: Settings, visit: Open) -> None:
    client = visit(demo)
    tag = client.get("/static/app.css", buffered=True).headers["ETag"]
    assert client.get("/static/app.css", headers={"If-None-Match": tag}).status_code == 304


def test_what_the_browser_loads_is_small(demo: Settings, visit: Open) -> None:
    """HTML, styles and scripts of a public page stay far below 60 kB even before compression."""
    client = visit(demo)
    sizes = [len(client.get(path, buffered=True).data) for path in ("/", "/static/app.css", "/static/theme.js")]
    assert sum(sizes) < 30_000


def test_the_style_guide_shows_every_component_that_pages_are_made_of() -> None:
    templates = PROJECT_DIR / "app" / "web" / "templates"
    guide = "".join((templates / name).read_text("utf-8") for name in ("styleguide.html", "styleguide/console.html"))
    for file in ("macros/ui.html", "macros/live.html", "macros/diff.html", "console/charts.html"):
        source = (templates / file).read_text("utf-8")
        for name in re.findall(r"{% macro (\w+)\(", source):
            by_others = len(re.findall(rf"\b{name}\(", source)) > 1
            assert by_others or re.search(rf"\.{name}\(", guide), f"{name} of {file} is not in the style guide"
