"""What a person at the terminal is told once the server takes calls."""

from collections.abc import Iterator

from flask import Flask

from app.config import Settings
from app.services.demo_owner import demo_sign_in

CONSOLE = "/console/"
PAGES = (
    ("Organizer console", CONSOLE),
    ("Action page", "/"),
    ("Browser phone", "/phone/"),
    ("Health", "/healthz"),
)


def banner(settings: Settings, app: Flask) -> str:
    """Tells where everything is that this server has."""
    return "\n".join(["", *_lines(settings, app), ""])


def _lines(settings: Settings, app: Flask) -> Iterator[str]:
    mode = "demo: no real calls, nothing leaves this machine" if settings.is_demo else "live"
    yield f"Patchline is running ({mode}). Stop it with Ctrl-C."
    served = {rule.rule for rule in app.url_map.iter_rules()}
    for label, path in PAGES:
        if path in served:
            yield _row(label, f"{settings.public_url}{path}")
        if path in served and path == CONSOLE and settings.is_demo:
            email, password = demo_sign_in(settings)
            yield _row("  sign in as", f"{email}  {password}")
    yield _row("Hotline", settings.phone_number)
    if settings.is_demo:
        yield _row("Call it from here", ".venv/bin/patchline phone")
        if settings.auth_token_is_generated:
            yield _row("Webhook token", f"kept in {settings.auth_token_file}")


def _row(label: str, value: str) -> str:
    return f"  {label:<18} {value}"
