"""The SQL by which the database keeps the call log's facts and tallies; a `Shape` says as which revision makes it."""

# ruff: noqa: S608 - these statements are made of our own names alone

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from alembic import op

_CALL_CELL = [
    "campaign_id",
    "day",
    "language",
    "step",
    "is_test",
    "is_over",
    "is_returning",
    "is_short",
    "is_failed",
    "has_note",
    "needs_attention",
]
_LEG_CELL = ["campaign_id", "day", "is_test", "office_id", "line", "outcome"]
_BY = [("office",), ("line",), ("outcome",), ("office", "line"), ("office", "outcome"), ("line", "outcome")]
_BY = [*_BY, ("office", "line", "outcome")]
_COLUMNS = {"office": "office_id", "line": "line", "outcome": "outcome"}
BY_NAMES = ["by_" + "_".join(parts) for parts in _BY]


@dataclass(frozen=True)
class Shape:
    """What facts and tallies hold besides what they held at first: columns by name, each with its SQL of a call `c`."""

    of_calls: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    of_both: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Columns that the facts of office calls have too."""
    read: tuple[str, ...] = ()
    """The columns of `calls` that these are made of, beyond those that were read at first."""
    hears: bool = False
    """Whether a call's turns tell of the summary; of calls from before, another rule holds."""

    @property
    def added(self) -> Mapping[str, str]:
        """What the facts of a call hold besides."""
        return {**self.of_calls, **self.of_both}

    @property
    def tallies(self) -> Mapping[str, tuple[list[str], list[str]]]:
        """The cells and the counts of each kind of tally."""
        call, leg = [*_CALL_CELL, *self.added], [*_LEG_CELL, *self.of_both]
        return {"call": (call, ["n"]), "leg": (leg, ["n", *BY_NAMES])}


FIRST = Shape()
"""As revision 0003 makes it."""
SECOND = Shape(
    of_calls={"came_from": "CASE WHEN c.direction = 'outbound' THEN 'call-me' ELSE 'dialed-in' END"},
    of_both={"is_left_out": "c.marked_test OR COALESCE(c.end_reason, '') = 'blocked'"},
    read=("marked_test", "direction"),
)
"""As revision 0008_marked_calls makes it; `came_from` is a value of app/domain/came_from.py."""
THIRD = replace(SECOND, read=(*SECOND.read, "heard_s"), hears=True)
"""As revision 0020_heard_summaries makes it."""

_FACTS = [
    "day",
    "started_at",
    "is_test",
    "is_over",
    "language",
    "step",
    "is_short",
    "is_failed",
    "has_note",
    "needs_attention",
]
_LEG_FACTS = ["leg_id", "call_id", "campaign_id", "day", "started_at", "is_test", "office_id", "line", "outcome"]

# What a call amounts to; the steps are those of app/domain/furthest.py.
_CALL_QUERY = """
SELECT c.id AS call_id, c.campaign_id, COALESCE(c.day, {utc_day}) AS day, c.started_at, c.is_test,
  c.ended_at IS NOT NULL AS is_over, c.language,
  CASE WHEN l.talked > 0 AND l.connected > 1 THEN 5 WHEN l.talked > 0 THEN 4 WHEN l.connected > 0 THEN 3
    WHEN l.legs > 0 THEN 2 {first_steps} END AS step,
  {visit} AS visit, {added} COALESCE(l.short, 0) > 0 AS is_short,
  COALESCE(l.failed, 0) > 0 OR c.status = 'failed' OR COALESCE(c.end_reason, '') = 'system-fault' AS is_failed,
  EXISTS (SELECT 1 FROM call_notes n WHERE n.call_id = c.id) AS has_note,
  COALESCE(l.short, 0) > 0 OR COALESCE(l.failed, 0) > 0 OR c.status = 'failed'
    OR COALESCE(c.end_reason, '') IN ('system-fault', 'wrong-keys') AS needs_attention
FROM calls c LEFT JOIN (
  SELECT call_id, COUNT(*) AS legs,
    SUM(CASE WHEN status IN ('in-progress', 'completed') THEN 1 ELSE 0 END) AS connected,
    SUM(CASE WHEN disposition = 'spoke' OR (disposition IS NULL AND status = 'completed' AND duration_s >= 45)
      THEN 1 ELSE 0 END) AS talked,
    SUM(CASE WHEN status = 'completed' AND duration_s < 6 THEN 1 ELSE 0 END) AS short,
    SUM(CASE WHEN status = 'failed' THEN 1 ELSE 0 END) AS failed
  FROM legs {of_legs} GROUP BY call_id
) l ON l.call_id = c.id {of_call}"""
# As long as how much of the summary was heard was not known.
_WITHOUT_SUMMARY = "WHEN c.last_turn > 1 OR c.duration_s >= 30 THEN 1 ELSE 0"
_EARLIER_AND_ONE = """COALESCE((SELECT s.calls FROM supporters s
    WHERE s.campaign_id = c.campaign_id AND s.pseudonym = c.pseudonym), 0) + 1"""
_NUMBERED = """CASE WHEN c.pseudonym IS NULL THEN 1 ELSE ROW_NUMBER() OVER (
    PARTITION BY c.campaign_id, c.pseudonym ORDER BY c.started_at, c.id) END"""
_LINE = "COALESCE({0}.line_result, 'open')"
_OUTCOME = "COALESCE({0}.disposition, CASE WHEN {0}.line_result = 'answered' THEN 'not-told' ELSE '' END)"

_CALL_CHANGED = ["started_at", "day", "language", "duration_s", "end_reason", "status", "ended_at", "is_test"]
_LEG_CHANGED = ["line_result", "disposition", "duration_s"]


def on_sqlite() -> bool:
    """Whether the database is SQLite."""
    return op.get_bind().dialect.name == "sqlite"


def triggers(shape: Shape) -> list[str]:
    """What makes the triggers."""
    return _sqlite_triggers(shape) if on_sqlite() else _postgresql_triggers(shape)


def fill(shape: Shape) -> list[str]:
    """What makes the facts of the record as it stands."""
    return [_insert_calls(shape, _NUMBERED, "", ""), _insert_legs(shape, ""), _mark_firsts("")]


def seconds_between(since: str, until: str) -> str:
    """Whole seconds of the clock, so that both databases and a test count alike."""
    if on_sqlite():
        return f"(CAST(strftime('%s', {until}) AS INTEGER) - CAST(strftime('%s', {since}) AS INTEGER))"
    return f"CAST(FLOOR(EXTRACT(EPOCH FROM {until})) - FLOOR(EXTRACT(EPOCH FROM {since})) AS BIGINT)"


def lasted() -> str:
    """How long a call was, once it is over: as the carrier says, else by the clock."""
    by_the_clock = seconds_between("c.started_at", "c.ended_at")
    return f"CASE WHEN c.ended_at IS NOT NULL THEN COALESCE(c.duration_s, {by_the_clock}) END"


def _first_steps(shape: Shape) -> str:
    """The steps before an office is called; -1 is that of a call which was over at once."""
    if not shape.hears:
        return _WITHOUT_SUMMARY
    return f"""WHEN c.summary_s IS NULL THEN CASE {_WITHOUT_SUMMARY} END
      WHEN {lasted()} < 3 THEN -1
      WHEN c.heard_s IS NOT NULL OR (c.summary_s > 0 AND {lasted()} >= c.summary_s) THEN 1 ELSE 0"""


def _call_query(shape: Shape, visit: str, of_legs: str, of_call: str) -> str:
    utc_day = "date(c.started_at)" if on_sqlite() else "CAST(c.started_at AT TIME ZONE 'UTC' AS date)"
    added = "".join(f"{sql} AS {name}, " for name, sql in shape.added.items())
    parts = {"visit": visit, "added": added, "of_legs": of_legs, "of_call": of_call}
    return _CALL_QUERY.format(utc_day=utc_day, first_steps=_first_steps(shape), **parts)


def _insert_calls(shape: Shape, visit: str, of_legs: str, of_call: str) -> str:
    columns = ", ".join(["call_id", "campaign_id", "visit", *_FACTS, *shape.added])
    query = _call_query(shape, visit, of_legs, of_call)
    return f"INSERT INTO call_facts ({columns}, is_returning) SELECT {columns}, visit > 1 FROM ({query}) f"


def _update_call(shape: Shape, call: str) -> str:
    query = _call_query(shape, "0", f"WHERE call_id = {call}", f"WHERE c.id = {call}")
    columns = ", ".join([*_FACTS, *shape.added])
    return f"UPDATE call_facts SET ({columns}) = (SELECT {columns} FROM ({query}) f) WHERE call_id = {call}"


def _insert_legs(shape: Shape, of_leg: str) -> str:
    ones = ", ".join("1" for _ in BY_NAMES)
    added = "".join(f"f.{name}, " for name in shape.of_both)
    return f"""INSERT INTO leg_facts ({", ".join([*_LEG_FACTS, *shape.of_both, *BY_NAMES])})
        SELECT l.id, f.call_id, f.campaign_id, f.day, f.started_at, f.is_test, l.office_id,
          {_LINE.format("l")}, {_OUTCOME.format("l")}, {added}{ones}
        FROM legs l JOIN call_facts f ON f.call_id = l.call_id {of_leg}"""


def _mark_firsts(of_call: str) -> str:
    marks = []
    for name, parts in zip(BY_NAMES, _BY, strict=True):
        same = " AND ".join(f"e.{_COLUMNS[part]} = leg_facts.{_COLUMNS[part]}" for part in parts)
        earlier = f"e.call_id = leg_facts.call_id AND e.leg_id < leg_facts.leg_id AND {same}"
        marks.append(f"{name} = CASE WHEN EXISTS (SELECT 1 FROM leg_facts e WHERE {earlier}) THEN 0 ELSE 1 END")
    return f"UPDATE leg_facts SET {', '.join(marks)} {of_call}"


def _on_new_call(shape: Shape) -> list[str]:
    return [_insert_calls(shape, _EARLIER_AND_ONE, "WHERE call_id = NEW.id", "WHERE c.id = NEW.id")]


def _on_changed_call(shape: Shape) -> list[str]:
    moved = ", ".join(["day", "started_at", "is_test", *shape.of_both])
    differs = " OR ".join(["started_at <> NEW.started_at", *(_is_moved(name) for name in shape.of_both)])
    legs = f"""UPDATE leg_facts SET ({moved}) = (
        SELECT {moved} FROM call_facts WHERE call_facts.call_id = NEW.id)
        WHERE call_id = NEW.id AND ({differs})"""
    return [_update_call(shape, "NEW.id"), legs]


def _is_moved(name: str) -> str:
    return f"{name} <> (SELECT f.{name} FROM call_facts f WHERE f.call_id = NEW.id)"


def _on_new_leg(shape: Shape) -> list[str]:
    return [_insert_legs(shape, "WHERE l.id = NEW.id"), *_on_leg(shape, "NEW")]


def _on_changed_leg(shape: Shape) -> list[str]:
    now = f"UPDATE leg_facts SET line = {_LINE.format('NEW')}, outcome = {_OUTCOME.format('NEW')} WHERE leg_id = NEW.id"
    return [now, *_on_leg(shape, "NEW")]


def _on_leg(shape: Shape, row: str) -> list[str]:
    # Of one leg alone there is nothing to mark.
    several = f"1 < (SELECT COUNT(*) FROM leg_facts o WHERE o.call_id = {row}.call_id)"
    return [_mark_firsts(f"WHERE call_id = {row}.call_id AND {several}"), _update_call(shape, f"{row}.call_id")]


def _changed(columns: list[str], differs: str) -> str:
    return " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in columns)


def _leg_changed(differs: str) -> str:
    # Whatever ends a leg changes its line result; that it rings says nothing yet.
    return f"{_changed(_LEG_CHANGED, differs)} OR (OLD.status {differs} NEW.status AND NEW.status = 'in-progress')"


def _call_changed(shape: Shape, differs: str) -> str:
    second_turn = "OLD.last_turn < 2 AND NEW.last_turn > 1"
    told = f"{_changed([*_CALL_CHANGED, *shape.read], differs)} OR ({second_turn}"
    if not shape.hears:
        return f"{told})"
    # What is still to be heard tells something only once the call is over, or if an earlier release went on with it.
    late = "NEW.ended_at IS NOT NULL OR NEW.summary_s IS NULL"
    return f"{told} AND NEW.summary_s IS NULL) OR (OLD.summary_s {differs} NEW.summary_s AND ({late}))"


def _sqlite_triggers(shape: Shape) -> list[str]:
    made = [
        sqlite_trigger("keep_facts_calls_insert", "INSERT ON calls", _on_new_call(shape)),
        sqlite_trigger(
            "keep_facts_calls_update", "UPDATE ON calls", _on_changed_call(shape), _call_changed(shape, "IS NOT")
        ),
        sqlite_trigger("keep_facts_legs_insert", "INSERT ON legs", _on_new_leg(shape)),
        sqlite_trigger("keep_facts_legs_update", "UPDATE ON legs", _on_changed_leg(shape), _leg_changed("IS NOT")),
        sqlite_trigger("keep_facts_legs_delete", "DELETE ON legs", _on_leg(shape, "OLD")),
        sqlite_trigger("keep_facts_notes_insert", "INSERT ON call_notes", [_update_call(shape, "NEW.call_id")]),
        sqlite_trigger("keep_facts_notes_delete", "DELETE ON call_notes", [_update_call(shape, "OLD.call_id")]),
    ]
    for kind, (cell, counts) in shape.tallies.items():
        out, into = _tally(shape, kind, "OLD", "-"), _tally(shape, kind, "NEW", "")
        changed = _changed([*cell, *counts[1:]], "IS NOT")
        made += [
            sqlite_trigger(f"tally_{kind}_insert", f"INSERT ON {kind}_facts", [into]),
            sqlite_trigger(f"tally_{kind}_update", f"UPDATE ON {kind}_facts", [out, into], changed),
            sqlite_trigger(f"tally_{kind}_delete", f"DELETE ON {kind}_facts", [out]),
        ]
    return made


def sqlite_trigger(name: str, event: str, statements: list[str], condition: str = "") -> str:
    """What makes a trigger on SQLite."""
    when = f"WHEN {condition}" if condition else ""
    return f"CREATE TRIGGER {name} AFTER {event} {when} BEGIN {'; '.join(statements)}; END"


def _tally(shape: Shape, kind: str, row: str, sign: str) -> str:
    """One statement that counts a row in or out of its cell; on PostgreSQL it only leaves the change."""
    cell, counts = shape.tallies[kind]
    names = ", ".join([*cell, *counts])
    values = ", ".join([*(f"{row}.{name}" for name in cell), f"{sign}1", *(f"{sign}{row}.{n}" for n in counts[1:])])
    if not on_sqlite():
        return f"INSERT INTO {kind}_tally_changes ({names}) VALUES ({values})"
    return f"INSERT INTO {kind}_tallies ({names}) VALUES ({values}) {adding(kind, cell, counts)}"


def adding(kind: str, cell: list[str], counts: list[str]) -> str:
    """The end of an insert into tallies, by which a cell that is there already is added to."""
    sums = ", ".join(f"{name} = {kind}_tallies.{name} + EXCLUDED.{name}" for name in counts)
    return f"ON CONFLICT ({', '.join(cell)}) DO UPDATE SET {sums}"


def _postgresql_triggers(shape: Shape) -> list[str]:
    made = [
        plpgsql_function("keep_facts_of_calls", either(_on_new_call(shape), _on_changed_call(shape))),
        postgresql_trigger("keep_facts_of_calls", "INSERT ON calls"),
        postgresql_trigger("keep_facts_of_calls", "UPDATE ON calls", _call_changed(shape, "IS DISTINCT FROM")),
        plpgsql_function(
            "keep_facts_of_legs", either(_on_new_leg(shape), _on_changed_leg(shape), _on_leg(shape, "OLD"))
        ),
        postgresql_trigger("keep_facts_of_legs", "INSERT OR DELETE ON legs"),
        postgresql_trigger("keep_facts_of_legs", "UPDATE ON legs", _leg_changed("IS DISTINCT FROM")),
        plpgsql_function("keep_facts_of_notes", [_update_call(shape, "COALESCE(NEW.call_id, OLD.call_id)")]),
        postgresql_trigger("keep_facts_of_notes", "INSERT OR DELETE ON call_notes"),
    ]
    for at, (kind, (cell, counts)) in enumerate(shape.tallies.items()):
        out, into = _tally(shape, kind, "OLD", "-"), _tally(shape, kind, "NEW", "")
        changed = _changed([*cell, *counts[1:]], "IS DISTINCT FROM")
        made += [
            plpgsql_function(f"tally_{kind}", either([into], [out, into], [out])),
            postgresql_trigger(f"tally_{kind}", f"INSERT OR DELETE ON {kind}_facts"),
            postgresql_trigger(f"tally_{kind}", f"UPDATE ON {kind}_facts", changed),
            plpgsql_function(f"fold_{kind}_tallies", [fold(kind, cell, counts, 7282855 + at)]),
            postgresql_trigger(f"fold_{kind}_tallies", f"INSERT ON {kind}_tally_changes", "NEW.id % 256 = 0"),
        ]
    return made


def plpgsql_function(name: str, statements: list[str]) -> str:
    """What makes the function of a trigger on PostgreSQL."""
    body = f"BEGIN {'; '.join(statements)}; RETURN NULL; END"
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"


def either(new: list[str], changed: list[str], gone: list[str] | None = None) -> list[str]:
    """What such a function does upon each event."""
    branches = {"INSERT": new, "UPDATE": changed, **({"DELETE": gone} if gone else {})}
    return [f"IF TG_OP = '{event}' THEN {'; '.join(done)}; END IF" for event, done in branches.items()]


def postgresql_trigger(function: str, event: str, condition: str = "") -> str:
    """What makes a trigger on PostgreSQL that calls a function."""
    when = f"WHEN ({condition})" if condition else ""
    name = f"{function}_{event.split()[0].lower()}"
    return f"CREATE TRIGGER {name} AFTER {event} FOR EACH ROW {when} EXECUTE FUNCTION {function}()"


def fold(kind: str, cell: list[str], counts: list[str], lock: int) -> str:
    """What adds the changes that are committed to the tallies: one at a time, and nobody waits for that."""
    names, sums = ", ".join([*cell, *counts]), ", ".join(f"SUM({name})" for name in counts)
    return f"""IF pg_try_advisory_xact_lock({lock}) THEN
        WITH gone AS (DELETE FROM {kind}_tally_changes RETURNING *)
        INSERT INTO {kind}_tallies ({names}) SELECT {", ".join(cell)}, {sums} FROM gone GROUP BY {", ".join(cell)}
        {adding(kind, cell, counts)}; END IF"""


def drop_triggers() -> list[str]:
    """What takes all triggers of facts and tallies away."""
    if on_sqlite():
        of_record = ("calls_insert", "calls_update", "legs_insert", "legs_update", "legs_delete")
        kept = [f"keep_facts_{name}" for name in (*of_record, "notes_insert", "notes_delete")]
        kept += [f"tally_{kind}_{event}" for kind in ("call", "leg") for event in ("insert", "update", "delete")]
        return [f"DROP TRIGGER {name}" for name in kept]
    functions = [f"keep_facts_of_{name}" for name in ("calls", "legs", "notes")]
    functions += [name for kind in ("call", "leg") for name in (f"tally_{kind}", f"fold_{kind}_tallies")]
    return [f"DROP FUNCTION {name}() CASCADE" for name in functions]


def fill_tallies(shape: Shape) -> list[str]:
    """What counts the facts as they stand."""
    made = []
    for kind, (cell, counts) in shape.tallies.items():
        cells, sums = ", ".join(cell), ", ".join(["COUNT(*)", *(f"SUM({name})" for name in counts[1:])])
        into = f"INSERT INTO {kind}_tallies ({', '.join([*cell, *counts])})"
        made.append(f"{into} SELECT {cells}, {sums} FROM {kind}_facts GROUP BY {cells}")
    return made
