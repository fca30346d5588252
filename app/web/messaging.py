"""The messaging webhooks: a text to the hotline is acknowledged, and not answered."""

from flask import Blueprint, Response

messaging = Blueprint("messaging", __name__, url_prefix="/sms")

# Twilio: an empty document sends nothing back.
_NOTHING = '<?xml version="1.0" encoding="UTF-8"?><Response />'


@messaging.post("/")
@messaging.post("/<path:kind>")
def acknowledge(kind: str = "") -> Response:
    """Acknowledge a text or what became of one."""
    return Response(status=204) if kind == "status" else Response(_NOTHING, mimetype="text/xml")
