"""Twilio's error bodies (Twilio: REST API, errors; Error and Warning Dictionary)."""

from collections.abc import Mapping
from types import MappingProxyType

# Each code with its HTTP status and its words; {} stands for what was given. Where Twilio publishes no status or no
# code for a mistake, 400 and 20001 stand for 'refused', and Patchline does not depend on it.
ERRORS: Mapping[int, tuple[int, str]] = MappingProxyType(
    {
        10004: (429, "Call concurrency limit exceeded"),
        20001: (400, "{}"),
        20003: (401, "Authenticate"),
        20004: (405, "Method not allowed"),
        20008: (403, "Resource not accessible with Test Account Credentials"),
        20009: (409, "{} cannot be deleted before it has ended"),
        20404: (404, "The requested resource {} was not found"),
        20429: (429, "Too Many Requests"),
        20503: (503, "Service Unavailable"),
        21201: (400, "No 'To' number is specified"),
        21202: (400, "The 'To' number {} is a premium number"),
        21205: (400, "{} is not a valid URL"),
        21210: (400, "The source phone number provided, {}, is not yet verified for your account."),
        21211: (400, "The 'To' number {} is not a valid phone number."),
        21212: (400, "The 'From' number {} is not a valid phone number, shortcode, or alphanumeric sender ID."),
        21213: (400, "No 'From' number is specified"),
        21214: (400, "The number {} cannot be reached"),
        21215: (400, "Account not authorized to call {}. Perhaps you need to enable some international permissions."),
        21216: (400, "Account not allowed to call {}"),
        21217: (400, "The phone number {} does not appear to be valid"),
        21220: (400, "Invalid call state: {}"),
        21402: (400, "{} is not a valid URL"),
        21408: (400, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: {}."),
        21421: (400, "{} is not a valid phone number"),
        21422: (400, "{} is not available"),
        21452: (400, "No phone numbers found in area code {}"),
        21602: (400, "Message body is required."),
        21603: (400, "A 'From' phone number is required."),
        21604: (400, "A 'To' phone number is required."),
        21606: (400, "The 'From' phone number {} is not a valid, message-capable number for this account"),
        21609: (400, "The 'StatusCallback' URL {} is not a valid URL"),
        21610: (400, "Attempt to send to unsubscribed recipient"),
        21611: (400, "This 'From' number {} has exceeded the maximum number of queued messages"),
        21612: (400, "Message cannot be sent to {} from the given 'From' number"),
        21614: (400, "The 'To' number {} is not a valid mobile number"),
        21617: (400, "The concatenated message body exceeds the 1600 character limit"),
        22005: (400, "The queue of calls is full: it holds more than a day of calls"),
        32018: (400, "The Twiml parameter is over 4000 characters"),
    }
)


class RestError(Exception):
    """A request that is refused, with Twilio's code."""

    def __init__(self, code: int, given: str = "") -> None:
        """Say what was given where the words have a place for it."""
        self.code = code
        self.status, words = ERRORS[code]
        self.message = words.format(given)
        super().__init__(self.message)

    def body(self) -> dict[str, object]:
        """What is answered."""
        more = f"https://www.twilio.com/docs/errors/{self.code}"
        return {"code": self.code, "message": self.message, "more_info": more, "status": self.status}
