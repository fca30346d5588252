"""Whether a webhook comes from our carrier: the one place that decides it."""

import hmac
from collections.abc import Iterator, Mapping, Sequence

from twilio.request_validator import RequestValidator

from app.telephony.signatures import sign
from app.telephony.twiml import CONNECTION_SETTINGS


class _Fields:
    """A form as Twilio's library reads one."""

    def __init__(self, form: Mapping[str, Sequence[str]]) -> None:
        self._form = form

    def __iter__(self) -> Iterator[str]:
        return iter(self._form)

    def __len__(self) -> int:
        return len(self._form)

    def getlist(self, name: str) -> list[str]:
        return list(self._form[name])


def is_genuine(url: str, form: Mapping[str, Sequence[str]], signature: str, tokens: Sequence[str]) -> bool:
    """Whether any of our tokens signed this form POST to `url` (as configured, query string as received).

    Several tokens are good at once while one is being replaced. `form` has every value of each name.
    """
    if not signature.isascii():
        return False
    # Nearly every webhook is signed just so, and Twilio's own validator takes eight times as long to find that out.
    pairs = [(name, value) for name, values in form.items() for value in values]
    if any(hmac.compare_digest(sign(url, pairs, token), signature) for token in tokens):
        return True
    # Twilio leaves connection settings (#rc=…) out of what it signs; whoever signs the URL just as we wrote it is as
    # genuine, since it knows the token. The validator also knows that ports are signed now and then.
    urls = (url, url + CONNECTION_SETTINGS)
    fields = _Fields(form)
    return any(RequestValidator(token).validate(each, fields, signature) for each in urls for token in tokens)
