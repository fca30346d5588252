"""Photographs the browser phone and the console in a demo of its own: run by scripts/screenshots."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from scripts.transcribe import STORIES

_ROOT = Path(__file__).resolve().parents[1]
IMAGES = _ROOT / "docs" / "images"

_DESKTOP = {"width": 1280, "height": 1120}
_MOBILE = {"width": 390, "height": 844}
_SHOTS = (
    ("phone-light", "light", _DESKTOP, False),
    ("phone-dark", "dark", _DESKTOP, False),
    ("phone-mobile", "light", _MOBILE, True),
)
_TURN = re.compile("^Your turn")


@contextmanager
def demo() -> Iterator[tuple[str, Path]]:
    """Run a fresh demo server; gives its address and its folder."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = str(probe.getsockname()[1])
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/patchline.db"
        own = {"HOST": "127.0.0.1", "PORT": port, "INSTANCE_DIR": folder, "DATABASE_URL": database}
        environ = {**os.environ, **own, "LOG_LEVEL": "warning"}
        command = [sys.executable, "-m", "app.server"]
        with subprocess.Popen(command, cwd=_ROOT, env=environ, stdout=subprocess.PIPE, text=True) as server:
            try:
                _wait_for_banner(server)
                play_stories(environ)
                yield f"http://127.0.0.1:{port}", Path(folder)
            finally:
                server.terminate()


def play_stories(environ: dict[str, str]) -> None:
    """Let supporters call before the pictures are taken, so that there is a log to see."""
    for story in sorted(STORIES.glob("*.call")):
        command = [sys.executable, "-c", "from app.cli import main; main()", "phone", "--script", str(story)]
        subprocess.run(command, cwd=_ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)


def _wait_for_banner(server: "subprocess.Popen[str]") -> None:
    assert server.stdout is not None
    if not any("is running" in line for line in server.stdout):
        raise SystemExit("The demo server did not start.")


def call(page: Page) -> None:
    """Call until an office is on the line after another one was busy."""
    page.get_by_label("Madison does").select_option("busy")
    page.get_by_role("radio", name="At once").check()
    page.get_by_role("button", name="Call", exact=True).click()
    for key, words in (("4", "or choose one"), ("#", "Madison is busy")):
        expect(page.get_by_role("log")).to_contain_text(words, ignore_case=True)
        expect(page.get_by_role("status")).to_have_text(_TURN)
        page.keyboard.press(key)
    page.get_by_role("radio", name="1×", exact=True).check()
    expect(page.get_by_role("status")).to_have_text(re.compile("^On the line"), timeout=60_000)
    page.wait_for_timeout(3000)
    page.get_by_role("button", name="Hang up").focus()


def photograph(browser: Browser, url: str, name: str, theme: str, size: dict[str, int], is_mobile: bool) -> None:
    """Make one call and its picture."""
    scale = 2 if is_mobile else 1
    context = browser.new_context(
        color_scheme=theme,  # type: ignore[arg-type]  # one of two words
        viewport=size,  # type: ignore[arg-type]  # a dict with the two sizes
        device_scale_factor=scale,
        locale="en-US",
    )
    page = context.new_page()
    page.goto(f"{url}/phone/")
    call(page)
    if is_mobile:
        page.locator("#phone").evaluate("phone => phone.scrollIntoView()")
    page.screenshot(path=IMAGES / f"{name}.png")
    context.close()
    print(f"docs/images/{name}.png")


def photograph_console(browser: Browser, url: str, folder: Path) -> None:
    """Sign in, and make the pictures of the log and of one call."""
    context = browser.new_context(viewport=_DESKTOP, locale="en-US")  # type: ignore[arg-type]  # as above
    page = context.new_page()
    page.goto(f"{url}/console/")
    page.get_by_label("E-mail").fill("organizer@demo.invalid")
    page.get_by_label("Password", exact=True).fill((folder / "demo_sign_in").read_text("utf-8").split()[-1])
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Calls", exact=True).first.click()
    for name in ("console-calls", "console-call"):
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.screenshot(path=IMAGES / f"{name}.png")
        print(f"docs/images/{name}.png")
        if name == "console-calls":
            page.get_by_role("row").last.get_by_role("link").first.click()
            page.wait_for_url("**/console/calls/**")
    photograph_editor(page, url)
    context.close()


def photograph_editor(page: Page, url: str) -> None:
    """Change a text, and make the pictures of the editor and of the review."""
    page.goto(f"{url}/console/campaigns/honduras-2017/edit")
    page.get_by_label("Summary, English").fill(
        "In short: give your name and city. Ask Senator Baldwin to suspend all U.S. funding to the Honduran regime, "
        "including its police and military. Mention the documented irregularities, the O.A.S. call for new elections, "
        "and at least thirty people killed since the vote."
    )
    for name, button in (("console-editor", "Save draft"), ("console-review", "Review changes")):
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Honduras 2017")
        page.screenshot(path=IMAGES / f"{name}.png")
        print(f"docs/images/{name}.png")


def main() -> None:
    """Write all pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with demo() as (url, folder), sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        for shot in _SHOTS:
            photograph(browser, url, *shot)
        photograph_console(browser, url, folder)
        browser.close()


if __name__ == "__main__":
    main()
