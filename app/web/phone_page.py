"""The browser phone's page; the calls themselves go through its JSON API."""

from flask import Blueprint, render_template

phone_page = Blueprint("phone_page", __name__)


@phone_page.get("/phone/")
def page() -> str:
    """Show the phone."""
    return render_template("phone.html")
