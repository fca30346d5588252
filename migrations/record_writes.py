"""The SQL behind the view `record_writes`: whatever a webhook leaves in the record is one INSERT of a few rows into it.

What a row becomes is decided in Python (app/store/writes.py tells the rows); here it is only put where it belongs, with
the sums that follow from it. Both databases run the same statements: SQLite in one trigger for each kind of row,
PostgreSQL in one function. Statements that apply to some rows only say so in their WHERE.
"""

# ruff: noqa: S608 - these statements are made of our own names alone

from migrations.call_log_triggers import on_sqlite, plpgsql_function

VIEW = "record_writes"

# What a refusal is told by; app/store/writes.py reads it.
OFFICE_FILLED, CALLBACKS_WAIT = "office_filled", "callbacks_wait"

_TEXT, _INTEGER, _BOOLEAN, _MOMENT, _DAY, _JSON = "varchar", "integer", "boolean", "timestamptz", "date", "json"
_COLUMNS = {
    _TEXT: """kind call_sid step event answer pseudonym called direction language state end_reason office number
        dial_call_sid reported status line_result disposition""",
    _INTEGER: "turn campaign_id version_id hour speech_s leg duration_s sequence most_live",
    _BOOLEAN: "is_test patient settles bridged dials connects reached hides could_not applied",
    _MOMENT: "at planned_at answered_at ended_at cool_until live_since",
    _DAY: "day",
    _JSON: "notes reasons",
}
# What revision 0020 adds of a turn: see `calls` in app/store/tables.py.
_OF_SUMMARY = ("summary_s", "heard_s")


def create(*, hears: bool = False) -> list[str]:
    """What makes the view and what stands behind it; `hears` as revision 0020 makes it."""
    kinds = {
        "turn": _turn(hears=hears),
        "preference": _preference(),
        "leg": _leg(),
        "call": _call(),
        "callback": _callback(),
    }
    if on_sqlite():
        return [_view(hears=hears), *(_sqlite(kind, statements) for kind, statements in kinds.items())]
    branches = [f"IF NEW.kind = '{kind}' THEN {'; '.join(statements)}; END IF" for kind, statements in kinds.items()]
    return [
        f"CREATE FUNCTION hold_call(sid varchar) RETURNS void LANGUAGE sql AS $$ {_HOLD} $$",
        _view(hears=hears),
        plpgsql_function(f"keep_{VIEW}", branches),
        f"CREATE TRIGGER keep_{VIEW} INSTEAD OF INSERT ON {VIEW} FOR EACH ROW EXECUTE FUNCTION keep_{VIEW}()",
        PLANNED,
    ]


def drop() -> list[str]:
    """What takes them away again; the triggers go with the view."""
    functions = [] if on_sqlite() else [f"DROP FUNCTION keep_{VIEW}()", "DROP FUNCTION hold_call(varchar)"]
    return [f"DROP VIEW {VIEW}", *functions]


PLANNED = f"""ALTER FUNCTION keep_{VIEW}() SET plan_cache_mode = force_generic_plan SET jit = off
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off"""
"""How PostgreSQL plans the function and the triggers within: once a connection, and by indexes alone.

Each looks at a few rows by their keys. Left to itself PostgreSQL plans each statement five times a connection, which
took half of its processor time, and may keep for the first busy day a plan that it made while the tables were tiny.
"""

# A call that has no row yet is held by a lock of its name; calls are numbered clear of the lock of the migrations.
_HOLD = "SELECT pg_advisory_xact_lock(4294967296 + hashtext(sid))"


def _view(*, hears: bool) -> str:
    columns = [f"CAST(NULL AS {_INTEGER}) AS {name}" for name in _OF_SUMMARY] if hears else []
    columns += [f"CAST(NULL AS {kind}) AS {name}" for kind, names in _COLUMNS.items() for name in names.split()]
    return f"CREATE VIEW {VIEW} AS SELECT {', '.join(columns)} WHERE 1 = 0"


def _sqlite(kind: str, statements: list[str]) -> str:
    body = "; ".join(statements)
    return f"CREATE TRIGGER keep_{VIEW}_{kind} INSTEAD OF INSERT ON {VIEW} WHEN NEW.kind = '{kind}' BEGIN {body}; END"


def _only_postgresql(statement: str) -> list[str]:
    # SQLite has one writer at a time, and needs no lock but that.
    return [] if on_sqlite() else [statement]


def _where(condition: str, statement: str) -> str:
    """A statement for some rows only, which its WHERE ends with; PostgreSQL need not even begin it for others."""
    if on_sqlite():
        return f"{statement} AND {condition}"
    return f"IF {condition} THEN {statement}; END IF"


def _refuse(why: str, condition: str) -> str:
    if on_sqlite():
        return f"SELECT RAISE(ABORT, '{why}') WHERE {condition}"
    return f"IF {condition} THEN RAISE EXCEPTION '{why}' USING ERRCODE = 'integrity_constraint_violation'; END IF"


_NO_CALL = "NOT EXISTS (SELECT 1 FROM calls WHERE call_sid = NEW.call_sid)"
_IS_FIRST = "NOT EXISTS (SELECT 1 FROM turns WHERE call_sid = NEW.call_sid AND turn <> NEW.turn)"


def _turn(*, hears: bool) -> list[str]:
    """A turn, its call moved by it or made, and the supporter's calls counted; a turn that is there already fails."""
    latest = {"last_turn": "turn", "last_step": "step", "language": "language", "state": "state"}
    moved = [f"{name} = CASE WHEN last_turn < NEW.turn THEN NEW.{new} ELSE {name} END" for name, new in latest.items()]
    # A turn that comes late may show that the call began earlier; it takes nothing else back.
    began = [
        f"{name} = CASE WHEN started_at > NEW.at THEN NEW.{new} ELSE {name} END"
        for name, new in {"started_at": "at", "day": "day", "hour": "hour"}.items()
    ]
    if hears:
        # A call that an earlier release began, or went on with, stays without.
        moved.append(
            "summary_s = CASE WHEN last_turn < NEW.turn AND summary_s IS NOT NULL THEN NEW.summary_s ELSE summary_s END"
        )
        began.append("heard_s = CASE WHEN heard_s IS NULL OR NEW.heard_s < heard_s THEN NEW.heard_s ELSE heard_s END")
    more = "".join(f", {name}" for name in _OF_SUMMARY) if hears else ""
    new_more = "".join(f", NEW.{name}" for name in _OF_SUMMARY) if hears else ""
    return [
        *_only_postgresql(f"IF {_NO_CALL} THEN PERFORM hold_call(NEW.call_sid); END IF"),
        """INSERT INTO turns (call_sid, turn, step, event, at, answer, speech_s, notes)
            VALUES (NEW.call_sid, NEW.turn, NEW.step, NEW.event, NEW.at, NEW.answer, NEW.speech_s, NEW.notes)""",
        f"""UPDATE calls SET {", ".join([*moved, *began])}, end_reason = COALESCE(NEW.end_reason, end_reason)
            WHERE call_sid = NEW.call_sid""",
        f"""INSERT INTO calls (call_sid, campaign_id, version_id, pseudonym, called, direction, language, started_at,
              day, hour, status, last_step, end_reason, last_turn, state, is_test{more})
            SELECT NEW.call_sid, NEW.campaign_id, NEW.version_id, NEW.pseudonym, NEW.called, NEW.direction,
              NEW.language, NEW.at, NEW.day, NEW.hour, NEW.status, NEW.step, NEW.end_reason, NEW.turn, NEW.state,
              NEW.is_test{new_more}
            WHERE {_NO_CALL}""",
        f"""INSERT INTO supporters (campaign_id, pseudonym, language, patient, calls, last_call_at)
            SELECT NEW.campaign_id, NEW.pseudonym, NEW.language, FALSE, 1, NEW.at
            WHERE NEW.pseudonym IS NOT NULL AND {_IS_FIRST}
            ON CONFLICT (campaign_id, pseudonym) DO UPDATE SET calls = supporters.calls + 1,
              last_call_at = CASE WHEN supporters.last_call_at < EXCLUDED.last_call_at THEN EXCLUDED.last_call_at
                ELSE supporters.last_call_at END""",
        _refuse(
            CALLBACKS_WAIT,
            f"""NOT NEW.settles AND {_IS_FIRST}
            AND EXISTS (SELECT 1 FROM callbacks WHERE call_sid = NEW.call_sid AND NOT applied)""",
        ),
    ]


def _preference() -> list[str]:
    """The language and patient mode that a supporter chose."""
    return [
        """INSERT INTO supporters (campaign_id, pseudonym, language, patient, calls, last_call_at)
            SELECT NEW.campaign_id, NEW.pseudonym, NEW.language, NEW.patient, 1, NEW.at WHERE NEW.pseudonym IS NOT NULL
            ON CONFLICT (campaign_id, pseudonym) DO UPDATE SET language = EXCLUDED.language,
              patient = EXCLUDED.patient"""
    ]


_OFFICE = "(SELECT o.id FROM offices o WHERE o.campaign_id = NEW.campaign_id AND o.slug = NEW.office)"


def _leg() -> list[str]:
    """A leg as it is now, and what its move means for its office and for its supporter's memory."""
    known = ["day", "answered_at", "ended_at", "dial_call_sid", "reported", "status", "line_result"]
    known += ["duration_s", "bridged"]
    now = [f"{name} = NEW.{name}" for name in known]
    # Not every move knows these.
    now += [f"{name} = COALESCE(NEW.{name}, {name})" for name in ("number", "reasons", "planned_at", "disposition")]
    return [
        f"""UPDATE legs SET {", ".join(now)}
            WHERE call_id = (SELECT id FROM calls WHERE call_sid = NEW.call_sid) AND leg = NEW.leg""",
        f"""INSERT INTO legs (call_id, leg, campaign_id, office_id, number, reasons, planned_at, disposition,
              {", ".join(known)})
            SELECT c.id, NEW.leg, NEW.campaign_id, {_OFFICE}, COALESCE(NEW.number, ''), COALESCE(NEW.reasons, '[]'),
              COALESCE(NEW.planned_at, NEW.at), NEW.disposition, {", ".join(f"NEW.{name}" for name in known)}
            FROM calls c WHERE c.call_sid = NEW.call_sid
              AND NOT EXISTS (SELECT 1 FROM legs l WHERE l.call_id = c.id AND l.leg = NEW.leg)""",
        *_leg_means_for_office(),
        *_leg_means_for_supporter(),
    ]


def _leg_means_for_office() -> list[str]:
    office = f"UPDATE offices SET {{}} WHERE id = {_OFFICE}"
    # A day that is past already is not counted any more.
    dials = """dials_on_day = CASE WHEN day = NEW.day THEN dials_on_day + 1 WHEN day > NEW.day THEN dials_on_day
        ELSE 1 END"""
    is_live = "l.ended_at IS NULL AND l.planned_at > NEW.live_since"
    is_later = "cooled_until IS NULL OR cooled_until < NEW.cool_until"
    is_first = "could_not_1_at IS NULL OR could_not_1_at <= NEW.at"
    is_second = "could_not_2_at IS NULL OR could_not_2_at < NEW.at"
    return [
        _where("NEW.dials", office.format(f"{dials}, day = CASE WHEN day > NEW.day THEN day ELSE NEW.day END")),
        # The office's row is locked by now, so nobody else takes a place between this look and our commit.
        _refuse(
            OFFICE_FILLED,
            f"""NEW.most_live > 0 AND NEW.most_live <
            (SELECT COUNT(*) FROM legs l WHERE l.office_id = {_OFFICE} AND {is_live})""",
        ),
        _where(
            "NEW.cool_until IS NOT NULL",
            office.format(f"cooled_until = CASE WHEN {is_later} THEN NEW.cool_until ELSE cooled_until END"),
        ),
        _where("NEW.hides", office.format("hidden_at = COALESCE(hidden_at, NEW.at)")),
        # Somebody got through.
        _where("NEW.connects", office.format("hidden_at = NULL") + " AND hidden_at IS NOT NULL"),
        # The last two reports of callers who could not get through, the later one first.
        _where(
            "NEW.could_not",
            office.format(
                f"""could_not_1_at = CASE WHEN {is_first} THEN NEW.at ELSE could_not_1_at END,
                could_not_2_at = CASE WHEN {is_first} THEN could_not_1_at WHEN {is_second} THEN NEW.at
                  ELSE could_not_2_at END"""
            ),
        ),
    ]


def _leg_means_for_supporter() -> list[str]:
    mine = "supporter_offices"
    tells = "NEW.pseudonym IS NOT NULL AND (NEW.dials OR NEW.connects OR NEW.reached IS NOT NULL)"
    kept = f"""INSERT INTO {mine} (campaign_id, pseudonym, office_id, tried_at, reached, day, bridges_on_day)
        SELECT NEW.campaign_id, NEW.pseudonym, {_OFFICE}, CASE WHEN NEW.dials THEN NEW.at END,
          COALESCE(NEW.reached, FALSE), CASE WHEN NEW.connects THEN NEW.day END,
          CASE WHEN NEW.connects THEN 1 ELSE 0 END
        WHERE {tells}
        ON CONFLICT (campaign_id, pseudonym, office_id) DO UPDATE SET
          tried_at = CASE WHEN NEW.dials AND ({mine}.tried_at IS NULL OR {mine}.tried_at < NEW.at) THEN NEW.at
            ELSE {mine}.tried_at END,
          reached = COALESCE(NEW.reached, {mine}.reached),
          bridges_on_day = CASE WHEN NOT NEW.connects OR {mine}.day > NEW.day THEN {mine}.bridges_on_day
            WHEN {mine}.day = NEW.day THEN {mine}.bridges_on_day + 1 ELSE 1 END,
          day = CASE WHEN NOT NEW.connects OR {mine}.day > NEW.day THEN {mine}.day ELSE NEW.day END"""
    return [kept if on_sqlite() else f"IF {tells} THEN {kept}; END IF"]


def _call() -> list[str]:
    """A call as the carrier reports it."""
    return [
        """UPDATE calls SET status = NEW.status, ended_at = NEW.ended_at, duration_s = NEW.duration_s,
            end_reason = NEW.end_reason WHERE call_sid = NEW.call_sid"""
    ]


def _callback() -> list[str]:
    """A status callback as it came; one that waits for its call must not be overlooked by the call's first turn."""
    # SQLite cannot tell ON CONFLICT from a join unless a WHERE comes before it.
    # Whoever writes a turn of the call holds one of the two until it is committed, and sees this callback or is seen.
    hold = "PERFORM hold_call(NEW.call_sid); PERFORM 1 FROM calls WHERE call_sid = NEW.call_sid FOR UPDATE"
    return [
        """INSERT INTO callbacks (call_sid, leg, dial_call_sid, status, sequence, at, duration_s, applied)
            SELECT NEW.call_sid, NEW.leg, NEW.dial_call_sid, NEW.status, NEW.sequence, NEW.at, NEW.duration_s,
              NEW.applied WHERE TRUE
            ON CONFLICT (call_sid, leg, dial_call_sid, status, sequence) DO NOTHING""",
        *_only_postgresql(f"IF NOT NEW.applied THEN {hold}; END IF"),
    ]
