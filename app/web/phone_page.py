"""The browser phone's page; the calls themselves go through its JSON API."""

from flask import Blueprint, render_template, request

phone_page = Blueprint("phone_page", __name__)

_KEYS = frozenset("0123456789*#")
_MOST_KEYS = 100


@phone_page.get("/phone/")
def page() -> str:
    """Show the phone, with the keys of a call that is to be made again."""
    keys = [key for key in request.args.get("keys", "")[:_MOST_KEYS] if key in _KEYS]
    return render_template("phone.html", keys=keys)
