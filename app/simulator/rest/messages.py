"""Messages: create, fetch and list (Twilio: Message resource)."""

from app.simulator.rest.account import RestAccount
from app.simulator.rest.errors import RestError
from app.simulator.rest.given import Given
from app.simulator.rest.magic import settles
from app.simulator.rest.outbox import Message
from app.simulator.rest.paging import PAGING, page_of
from app.simulator.rest.resource import Answer, Asked
from app.simulator.rest.shapes import message_shape

CREATE = frozenset(("To", "From", "Body", "StatusCallback"))
LIST = PAGING | {"To", "From"}
_LONGEST_BODY = 1600


def create(asked: Asked) -> Answer:
    """Take a text; it is sent and delivered as time passes."""
    given, rest = Given(asked.form, CREATE), asked.rest
    sender, to = _numbers(rest, given)
    body = given.needed("Body", 21602)
    if len(body) > _LONGEST_BODY:
        raise RestError(21617)
    status_url = given.url("StatusCallback", 21609)
    message = rest.outbox.take(sender, to, body, status_url)
    if rest.is_test:
        del rest.outbox.messages[message.sid]
    return Answer(201, message_shape(message, asked.account_sid))


def fetch(asked: Asked, sid: str) -> Answer:
    """One text."""
    return Answer(200, message_shape(asked.found(asked.rest.outbox.messages, sid), asked.account_sid))


def listing(asked: Asked) -> Answer:
    """All texts, or those that are asked for; the newest first."""
    given = Given(asked.query, LIST)
    to, sender = given.text("To"), given.text("From")

    def shape(message: Message) -> dict[str, object]:
        return message_shape(message, asked.account_sid)

    messages = [
        message
        for message in reversed(list(asked.rest.outbox.messages.values()))
        if to in ("", message.to) and sender in ("", message.sender)
    ]
    return Answer(200, page_of(messages, shape, "messages", asked.path, asked.query))


def _numbers(rest: RestAccount, given: Given) -> tuple[str, str]:
    """Who sends and who gets it, as far as the account may."""
    to, sender = given.needed("To", 21604), given.needed("From", 21603)
    if not (rest.is_test and settles("Messages", "To", to)):
        given.number("To", 21604, 21211)
        if not to.startswith(rest.limits.countries):
            raise RestError(21408, to)
        if to in rest.landlines:
            raise RestError(21614, to)
        if to in rest.opted_out:
            raise RestError(21610)
    if not (rest.is_test and settles("Messages", "From", sender)):
        given.number("From", 21603, 21212)
        if not rest.numbers.has(sender):
            raise RestError(21606, sender)
    return sender, to
