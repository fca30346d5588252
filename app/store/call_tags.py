"""Tags: short labels on calls, the same ones on many."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection, delete, func, select

from app.store.call_log_tables import call_tags
from app.store.statements import insert_once
from app.store.tables import calls

MOST_TAGGED = 1000
"""Calls that are found by a tag, at most; of more, the latest."""


def tags_of(connection: Connection, call_ids: Collection[int]) -> Mapping[int, list[str]]:
    """The tags of calls, in order."""
    found: dict[int, list[str]] = defaultdict(list)
    query = select(call_tags.c.call_id, call_tags.c.tag).where(call_tags.c.call_id.in_(call_ids))
    for row in connection.execute(query.order_by(call_tags.c.tag)):
        found[row.call_id].append(row.tag)
    return found


def tags_in_use(connection: Connection, campaign_id: int) -> list[str]:
    """The tags that calls of a campaign have."""
    used = select(call_tags.c.tag).where(call_tags.c.campaign_id == campaign_id).distinct()
    return list(connection.scalars(used.order_by(call_tags.c.tag)))


def add_tag(connection: Connection, call_sid: str, tag: str, most: int) -> str | None:
    """Tag a call, in the spelling that is in use; None if it has this tag, or `most` tags, already."""
    call = connection.execute(select(calls.c.id, calls.c.campaign_id).where(calls.c.call_sid == call_sid)).one()
    in_use = (call_tags.c.campaign_id == call.campaign_id, func.lower(call_tags.c.tag) == tag.lower())
    tag = connection.scalar(select(call_tags.c.tag).where(*in_use).limit(1)) or tag
    if len(tags_of(connection, [call.id]).get(call.id, ())) >= most:
        return None
    values = {"call_id": call.id, "tag": tag, "campaign_id": call.campaign_id}
    return tag if insert_once(connection, call_tags, ("call_id", "tag"), values) else None


def remove_tag(connection: Connection, call_sid: str, tag: str) -> bool:
    """Take a tag off a call, and say whether it had it."""
    this = select(calls.c.id).where(calls.c.call_sid == call_sid).scalar_subquery()
    gone = delete(call_tags).where(call_tags.c.call_id == this, call_tags.c.tag == tag)
    return connection.execute(gone).rowcount == 1


def calls_with_tag(connection: Connection, campaign_id: int, tag: str) -> Sequence[int]:
    """The row numbers of the calls with a tag."""
    tagged = select(call_tags.c.call_id).where(call_tags.c.campaign_id == campaign_id, call_tags.c.tag == tag)
    return connection.scalars(tagged.order_by(call_tags.c.call_id.desc()).limit(MOST_TAGGED)).all()
