"""Why the carrier cannot go on with what it was answered."""

INVALID_XML = 12100
NO_RESPONSE = 12102
SCHEMA = 12200
CONTENT_TYPE = 12300
TOO_LARGE = 11750


class CarrierFault(Exception):
    """Something that sends the call to the fallback URL; `code` is Twilio's error code.

    `injected` marks what the simulator's own delivery broke, for which the hotline is not to blame; `url` is where it
    happened, if not at the document that the call stands at.
    """

    def __init__(self, message: str, code: int, injected: bool = False, url: str = "") -> None:
        """Say what happened."""
        self.code, self.injected, self.url = code, injected, url
        super().__init__(message)


class TwimlFault(CarrierFault):
    """A document that the carrier would refuse, warn about, or that this simulator does not play.

    Twilio goes on after some of these with a warning; here each is an error, because a warning that
    nobody reads is a call gone wrong.
    """

    def __init__(self, why: str, *, verb: str = "", attribute: str = "", value: str = "", code: int = SCHEMA) -> None:
        """Name the verb, the attribute and its value where there are any, and say why."""
        self.why, self.verb, self.attribute, self.value = why, verb, attribute, value
        place = f"<{verb}>" if verb else "document"
        if attribute:
            place += f" {attribute}={value!r}"
        super().__init__(f"TwiML {code}: {place}: {why}.", code)
