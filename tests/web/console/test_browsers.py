import pytest

from app.web.console.browsers import browser_name

LIKE = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (f"Mozilla/5.0 (X11; Linux x86_64) {LIKE} Safari/537.36", "Chrome on Linux"),
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {LIKE} Safari/537.36 Edg/156.0",
            "Edge on Windows",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14.1; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox on Mac"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1", "Safari on iPhone"),
        (f"Mozilla/5.0 (Linux; Android 16) {LIKE} Mobile Safari/537.36", "Chrome on Android"),
        ("", "A browser"),
        ("<script>", "A browser"),
    ],
)
def test_the_name_of_a_browser(agent: str, name: str) -> None:
    assert browser_name(agent) == name
