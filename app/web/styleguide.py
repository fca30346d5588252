"""The style guide: every component in light, dark and Spanish."""

from flask import Blueprint, render_template

styleguide = Blueprint("styleguide", __name__)


@styleguide.get("/styleguide")
def page() -> str:
    """Show the components."""
    return render_template("styleguide.html")
