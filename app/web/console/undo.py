"""Telling what was done, with a button that takes it back: an ordinary form, filled in with what there was before."""

from flask import flash

UNDO = "undo"
"""The category of such a notice."""


def tell_undoable(told: str, action: str, **fields: str) -> None:
    """Tell a sentence on the next page, with an 'Undo' that posts these fields to the address of the opposite act.

    The opposite is a page like any other, so the guard, the token and the audit know it as such. Keep the fields short:
    they travel in a cookie.
    """
    flash({"told": told, "action": action, "fields": fields}, UNDO)  # type: ignore[arg-type]  # Flask keeps any JSON
