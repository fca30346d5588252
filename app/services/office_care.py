"""What is done about one office of a published campaign at once: closed for a day, opened again, verified.

Each makes a new version of what callers hear. A draft that is being edited gets the same change, so that publishing it
later takes nothing back.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from app.domain.audit import By, Deed
from app.domain.documents import read_published
from app.domain.draft_offices import changed_if_there, with_closure
from app.domain.offices import Office
from app.services import audit
from app.services.campaign_names import name_in
from app.services.desk import Desk
from app.services.drafts import Change, lock_draft
from app.services.publish_draft import Done, Publisher, publish_within
from app.store import drafts, versions
from app.store.call_log_campaigns import office_ids
from app.store.database import Connection
from app.store.drafts import Edited
from app.store.office_facts import trust_again
from app.store.verified_offices import Verified, forget_verified, keep_verified
from app.store.verified_offices import verified_offices as read_verified


class UnknownOffice(LookupError):
    """The live version of a campaign has no such office."""


def line_of(number: object, extension: object) -> str:
    """What a verification is of: a number, and an extension if there is one."""
    return f"{number or ''} {extension or ''}".strip()


def set_closed(
    desk: Desk, publisher: Publisher, by: By, slug: str, office: str, day: date, *, is_closed: bool
) -> tuple[str, Done]:
    """Close an office for a day, or open it again: the office's name, and the version that says so.

    Raises UnknownOffice, UnknownCampaign, NumberTaken, and DocumentError.
    """
    with desk.database.write() as connection:
        before = lock_draft(connection, slug)
        _office(connection, before, slug, office)
        label = office_ids(connection, before.campaign_id)[1][office]
        did = f"{'closed' if is_closed else 'opened'} {label} on {day.isoformat()}: version"
        change = partial(with_closure, ref=office, day=day.isoformat(), is_closed=is_closed)
        return label, _change_live(connection, desk, publisher, by, before, slug, change, did)


def verify_office(
    desk: Desk, publisher: Publisher, by: By, slug: str, office: str, *, with_hours: bool
) -> tuple[str, bool]:
    """Keep that a person has reached an office by its number, so that # leads there again.

    With its hours, they are assumed no longer. Gives the office's name, and whether its hours were assumed before.
    Raises what `set_closed` raises.
    """
    with desk.database.write() as connection:
        before = lock_draft(connection, slug)
        found = _office(connection, before, slug, office)
        now, line = desk.clock.now(), line_of(found.number, found.extension)
        keep_verified(connection, before.campaign_id, office, Verified(line, with_hours, by.who, now))
        ids, labels = office_ids(connection, before.campaign_id)
        trust_again(connection, ids[office])
        what = f"the number{' and the hours' if with_hours else ''} of {labels[office]}"
        told = f"{by.who} verified {what} of {name_in(connection, slug)}."
        audit.note(connection, now, by, Deed.NUMBERS, told, slug)
        is_confirmed = with_hours and found.hours_assumed
        if is_confirmed:
            did = f"confirmed the hours of {labels[office]}: version"
            change = partial(changed_if_there, ref=office, fields={"hours_assumed": False})
            _change_live(connection, desk, publisher, by, before, slug, change, did)
        return labels[office], is_confirmed


def unverify_office(
    desk: Desk, publisher: Publisher, by: By, slug: str, office: str, *, assume_hours: bool
) -> str | None:
    """Take back that one has verified an office: its name, or None if one had not.

    Its hours can be assumed again with it. Raises what `set_closed` raises.
    """
    with desk.database.write() as connection:
        before = lock_draft(connection, slug)
        _office(connection, before, slug, office)
        if not forget_verified(connection, before.campaign_id, office, by.who):
            return None
        label = office_ids(connection, before.campaign_id)[1][office]
        told = f"{by.who} took back that they had verified {label} of {name_in(connection, slug)}."
        audit.note(connection, desk.clock.now(), by, Deed.NUMBERS, told, slug)
        if assume_hours:
            did = f"let the hours of {label} be assumed again: version"
            change = partial(changed_if_there, ref=office, fields={"hours_assumed": True})
            _change_live(connection, desk, publisher, by, before, slug, change, did)
        return label


def verified_offices(desk: Desk, slug: str) -> Mapping[str, Verified]:
    """The last verification of each office, by the office's slug."""
    with desk.database.read() as connection:
        return read_verified(connection, slug)


def _office(connection: Connection, before: Edited, slug: str, office: str) -> Office:
    live = versions.find_version(connection, slug, before.live_version)
    offices = read_published(live.body).offices if live else ()
    found = next((each for each in offices if each.id == office), None)
    if found is None:
        raise UnknownOffice(f"The live version of {slug} has no office {office!r}.")
    return found


def _change_live(
    connection: Connection,
    desk: Desk,
    publisher: Publisher,
    by: By,
    before: Edited,
    slug: str,
    change: Change,
    did: str,
) -> Done:
    live = versions.find_version(connection, slug, before.live_version)
    body = live.body if live else {}
    done = publish_within(connection, desk, publisher, by, read_published(change(body)), did)
    if before.is_draft and done.is_new:
        is_abreast = before.base_version == before.live_version
        edited = replace(before, base_version=done.version) if is_abreast else before
        drafts.keep(connection, edited, change(before.body), before.changed_by, before.changed_at or desk.clock.now())
    return done
