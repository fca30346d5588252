"""Our account at the carrier, as commands and chores reach it."""

from app.config import Settings
from app.services.rest_stand_in import PATH
from app.services.stage import DEMO_ACCOUNT
from app.telephony.provider import Provider
from app.telephony.twilio_rest import Credentials, TwilioRest
from app.telephony.twilio_transport import TIMEOUT_S, Transport


def open_provider(settings: Settings, timeout_s: float = TIMEOUT_S) -> Provider:
    """The carrier's REST side; in a demo it is the stand-in that a running server has."""
    token = settings.auth_tokens[0].reveal()
    if settings.account_sid is None:
        return TwilioRest(Credentials(DEMO_ACCOUNT, token), Transport(settings.public_url + PATH, timeout_s))
    return TwilioRest(Credentials(settings.account_sid, token), Transport(timeout_s=timeout_s))
