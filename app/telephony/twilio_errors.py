"""Twilio's REST error codes, each with what a person can do about it (Twilio: Error and Warning Dictionary)."""

from collections.abc import Mapping
from types import MappingProxyType

from app.telephony.provider import ProviderError

NOT_FOUND = 20404
TOO_MANY_REQUESTS = 20429
WRONG_CALL_STATE = 21220

WHAT_TO_DO: Mapping[int, str] = MappingProxyType(
    {
        10001: "The carrier account is not active; sign in at the carrier and see why.",
        10004: "Too many calls are up at once for this account; wait, or ask the carrier for a higher limit.",
        20003: "The carrier does not know the account or its token; check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.",
        20008: "Test credentials cannot do this; use those of the live account.",
        NOT_FOUND: "The carrier has no such call, message or number.",
        21201: "The call has nobody to ring; give a number.",
        21202: "The number is a premium one, which Patchline does not call.",
        21205: "An address for the call is no URL that the carrier can reach; check PUBLIC_URL.",
        21210: "The caller ID is not a number of this account; use one that the carrier lists as yours.",
        21211: "The number to reach is not a valid phone number; check it for a typing error.",
        21212: "The sender's number is not valid; check TWILIO_PHONE_NUMBER.",
        21213: "The call has no caller ID; set TWILIO_PHONE_NUMBER.",
        21214: "The carrier cannot reach this number; ask the supporter for another one.",
        21215: "Calls to this country are switched off; allow it in the carrier's voice geographic permissions.",
        21216: "The carrier does not call this number, because it is blocked.",
        21217: "The number to call is not a valid phone number; check it for a typing error.",
        WRONG_CALL_STATE: "The call has ended or has not begun, so it cannot be changed.",
        21402: "An address for the number is no URL that the carrier can reach; check PUBLIC_URL.",
        21408: "Texts to this country are switched off; allow it in the carrier's messaging geographic permissions.",
        21421: "This is not a phone number that can be had; check it for a typing error.",
        21422: "This number is no longer for sale; choose another one.",
        21452: "There are no numbers for sale in this area code; try a neighbouring one.",
        21602: "The text is empty.",
        21603: "The text has no sender; set TWILIO_PHONE_NUMBER.",
        21604: "The text has nobody to go to; give a number.",
        21606: "The sender's number cannot send texts; choose a number of yours that can.",
        21609: "The status address is no URL that the carrier can reach; check PUBLIC_URL.",
        21610: "The supporter has opted out of texts from this number, so none may be sent.",
        21611: "Too many texts wait to be sent from this number; try again later.",
        21612: "No carrier takes texts from this number to that one; do without a text.",
        21614: "The number is not a mobile one, so it cannot get texts.",
        21617: "The text is longer than the carrier takes, which is 1,600 characters.",
        22005: "More than a day of calls waits already, so the carrier takes no more; try again later.",
    }
)


def refusal(code: int) -> ProviderError:
    """The error for a code; one that is not in the table still says where to look."""
    unknown = f"The carrier refused with code {code}; its list of error codes says what that means."
    return ProviderError(code, WHAT_TO_DO.get(code, unknown))
