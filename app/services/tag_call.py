"""Tags on calls: short labels that the log filters by."""

from app.domain.audit import By, Deed
from app.services import audit
from app.services.call_query import is_like_a_number
from app.services.desk import Desk
from app.store import call_tags

LONGEST_TAG = 30
MOST_TAGS = 10
"""On one call."""


def read_tag(text: str) -> str:
    """A tag as it is kept; raises ValueError for what is none."""
    tag = " ".join(text.replace("\0", "").split())
    if not tag:
        raise ValueError("Write a tag, such as 'press' or 'call back'.")
    if len(tag) > LONGEST_TAG:
        raise ValueError(f"The tag has {len(tag)} characters; {LONGEST_TAG} are the most. A note has room for more.")
    if is_like_a_number(tag):
        raise ValueError("That may be a phone number, and no supporter's number is kept.")
    return tag


def tag_call(desk: Desk, by: By, campaign: str, call_sid: str, tag: str) -> str:
    """Tag a call, and say how the tag is spelled; raises ValueError if it has this tag, or MOST_TAGS, already."""
    with desk.database.write() as connection:
        added = call_tags.add_tag(connection, call_sid, tag, MOST_TAGS)
        if added is None:
            raise ValueError(f"The call has this tag already, or {MOST_TAGS}, which are the most.")
        sentence = f"{by.who} tagged call {call_sid} {added!r}."
        audit.note(connection, desk.clock.now(), by, Deed.NOTE, sentence, campaign)
    return added


def untag_call(desk: Desk, by: By, campaign: str, call_sid: str, tag: str) -> bool:
    """Take a tag off a call, and say whether it had it."""
    with desk.database.write() as connection:
        is_gone = call_tags.remove_tag(connection, call_sid, tag)
        if is_gone:
            sentence = f"{by.who} took the tag {tag!r} off call {call_sid}."
            audit.note(connection, desk.clock.now(), by, Deed.NOTE, sentence, campaign)
    return is_gone
