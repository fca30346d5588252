"""Where signing in leads to: never out of the console, whatever is tried."""

from app.web.console.next_page import ours
from tests.support.console import Console

ANA = "ana@example.org"
GOOD_NEXT = [
    "/console/",
    "/console/people",
    "/console/campaigns/own/calls?office=madison&sort=-at",
    "/console/audit?before=3",
]
TRICKS = [
    "",
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/console//evil.example",
    "/console/\\evil.example",
    "/console/..//evil.example",
    "/console/../../evil.example",
    "/console/%2e%2e//evil.example",
    "/console/%0d%0aLocation:%20https://evil.example",
    "/console/\r\nLocation: https://evil.example",
    "/console/\n",
    "/console/\t",
    "/console/\x00",
    "/console",
    "/consoles/evil",
    "/console.evil.example",
    "/console@evil.example",
    "/console/@evil.example",
    "/console:evil.example",
    "https://evil.example",
    "https://evil.example/console/",
    "https:evil.example",
    "https:/evil.example",
    "HTTPS://evil.example",
    "http://localhost@evil.example/console/",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    " /console/",
    "\t/console/",
    "\u3000/console/",
    "/\u2215evil.example",
    "\uff0f\uff0fevil.example",
    "/console/\u2028",
    "/console/ü",
    "?next=//evil.example",
    "#//evil.example",
    "/console/#//evil.example",
    "/console/?next=https://evil.example",
    "/console/" + "a" * 3000,
    "..//console/",
    "./console/",
    "console/",
    "/./console/",
]


def test_next_leads_nowhere_but_into_the_console(sqlite_console: Console) -> None:
    assert len(TRICKS) >= 40
    with sqlite_console.app.test_request_context():
        assert [ours(there) for there in GOOD_NEXT] == GOOD_NEXT
        assert {trick: ours(trick) for trick in TRICKS} == dict.fromkeys(TRICKS, "/console/")
    sqlite_console.add(ANA)
    for trick in TRICKS[::8]:
        # A NUL is refused outright.
        assert sqlite_console.visit().sign_in(ANA, next=trick).headers.get("Location", "/console/") == "/console/"


def test_a_long_address_is_looked_at_once(console: Console) -> None:
    # With a pattern that can match in many ways this would take until the end of the world.
    with console.app.test_request_context():
        assert ours("/console/" + "a" * 1900 + "!") == "/console/"
        assert ours("/console/" + "a/" * 900 + "!") == "/console/"
