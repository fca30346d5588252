"""The SQL by which the database keeps the facts of the figures, as revision 0005 makes it.

It hangs on the call log's facts, which change in the transaction that changes the record. What is known as soon as a
call begins is counted then, the rest once the call is over, so that no turn in between pays for it.
"""

# ruff: noqa: S608 - these statements are made of our own names alone

from migrations.call_log_triggers import (
    either,
    lasted,
    on_sqlite,
    plpgsql_function,
    postgresql_trigger,
    seconds_between,
    sqlite_trigger,
)

NEVER_DAYS = 99_999
"""Stands for the days since a supporter's call before where there was none, and is the most that is told apart."""

# No carrier lets a call last longer; whatever claims to is counted as this.
_LONGEST_S = 14_400

OF_CALL = ["campaign_id", "day", "is_test", "language", "version_id", "direction"]
REACHES = [f"{step}_s" for step in ("heard", "chose", "connected", "talked", "again")]
LENGTHS = ["talk_s", "left_s", *REACHES]
AT_THE_END = ["step", "attempts", "left_step", *LENGTHS]
_FACTS = [*OF_CALL, "hour", *AT_THE_END]

_CONNECTED = "l.status IN ('in-progress', 'completed')"
_TALKED = """(l.disposition = 'spoke'
    OR (l.disposition IS NULL AND l.status = 'completed' AND l.duration_s >= 45))"""
_ENDED = """
SELECT f.call_id, f.campaign_id, f.day, f.is_test, f.language, c.version_id, c.direction,
  COALESCE(c.hour, {utc_hour}) AS hour, f.is_over, f.step AS so_far, c.end_reason, t.step AS last_step, t.speech_s,
  {silent_since} AS last_s, {heard} AS raw_heard_s,
  (SELECT SUM(l.duration_s) FROM legs l WHERE l.call_id = c.id AND l.line_result = 'answered') AS raw_talk_s,
  (SELECT COUNT(*) FROM legs l WHERE l.call_id = c.id AND l.leg <= (SELECT MIN(r.leg) FROM legs r
    WHERE r.call_id = c.id AND r.disposition IN ('spoke', 'voicemail'))) AS tries,
  {chose} AS raw_chose_s, {connected} AS raw_connected_s, {talked} AS raw_talked_s, {again} AS raw_again_s
FROM calls c JOIN call_facts f ON f.call_id = c.id
LEFT JOIN turns t ON t.call_sid = c.call_sid AND t.turn = c.last_turn
LEFT JOIN turns u ON u.call_sid = c.call_sid AND u.turn = 2 {of_call}"""
# The caller hung up while we spoke; what we ended ourselves is no drop-off.
_LEFT = "is_over AND end_reason = 'caller-hangup' AND last_s >= 0 AND last_s < speech_s"


def triggers() -> list[str]:
    """What makes the triggers."""
    return _sqlite_triggers() if on_sqlite() else _postgresql_triggers()


def fill() -> list[str]:
    """What makes the facts of the record as it stands."""
    return [_insert(""), _update_gap("true")]


def mark_triggers() -> list[str]:
    """What makes calls count no more once they are left out, and again once they are not: revision 0008 adds it."""
    leave = ["DELETE FROM figure_facts WHERE call_id = NEW.call_id", _update_gap(f"call_id = {_after()}")]
    back = _new_facts()
    left, returned = "NEW.is_left_out AND NOT OLD.is_left_out", "OLD.is_left_out AND NOT NEW.is_left_out"
    if on_sqlite():
        return [
            "DROP TRIGGER keep_figures_insert",
            sqlite_trigger("keep_figures_insert", "INSERT ON call_facts", back, "NOT NEW.is_left_out"),
            sqlite_trigger("leave_figures_update", "UPDATE ON call_facts", leave, left),
            sqlite_trigger("rejoin_figures_update", "UPDATE ON call_facts", back, returned),
        ]
    return [
        "DROP TRIGGER keep_figures_insert ON call_facts",
        postgresql_trigger("keep_figures", "INSERT ON call_facts", "NOT NEW.is_left_out"),
        plpgsql_function("leave_figures", leave),
        postgresql_trigger("leave_figures", "UPDATE ON call_facts", left),
        plpgsql_function("rejoin_figures", back),
        postgresql_trigger("rejoin_figures", "UPDATE ON call_facts", returned),
    ]


def drop_mark_triggers() -> list[str]:
    """What takes them away, so that every call counts."""
    if on_sqlite():
        old = sqlite_trigger("keep_figures_insert", "INSERT ON call_facts", _new_facts())
        names = ("keep_figures_insert", "leave_figures_update", "rejoin_figures_update")
        return [*(f"DROP TRIGGER {name}" for name in names), old]
    return [
        "DROP TRIGGER keep_figures_insert ON call_facts",
        postgresql_trigger("keep_figures", "INSERT ON call_facts"),
        *(f"DROP FUNCTION {name}() CASCADE" for name in ("leave_figures", "rejoin_figures")),
    ]


def hear(*, hears: bool) -> list[str]:
    """What makes the triggers go by what is known of the summary, as revision 0020 does, or no longer."""
    new, now = _new_facts(hears=hears), _update("NEW.call_id", hears=hears)
    late = _update("NEW.id", hears=hears)
    if on_sqlite():
        changed = f"NEW.is_over OR {_changed(_MOVED, 'IS NOT')}"
        returned = "OLD.is_left_out AND NOT NEW.is_left_out"
        names = ("keep_figures_insert", "rejoin_figures_update", "keep_figures_update", "keep_figures_late")
        return [
            *(f"DROP TRIGGER {name}" for name in names),
            sqlite_trigger("keep_figures_insert", "INSERT ON call_facts", new, "NOT NEW.is_left_out"),
            sqlite_trigger("rejoin_figures_update", "UPDATE ON call_facts", new, returned),
            sqlite_trigger("keep_figures_update", "UPDATE ON call_facts", [now], changed),
            sqlite_trigger("keep_figures_late", "UPDATE ON calls", [late], _LATE),
        ]
    made = [
        plpgsql_function("keep_figures", either(new, [now])),
        plpgsql_function("rejoin_figures", new),
        plpgsql_function("keep_late_figures", [late]),
    ]
    return [each.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1) for each in made]


def _heard(*, hears: bool) -> str:
    """By which second the caller had heard the summary; of none who had heard it before."""
    answered_menu = f"COALESCE({seconds_between('c.started_at', 'u.at')}, 30)"
    if not hears:
        return answered_menu
    return f"""CASE WHEN c.summary_s IS NULL THEN {answered_menu} WHEN c.heard_s IS NOT NULL THEN NULLIF(c.heard_s, 0)
    WHEN c.summary_s > 0 AND {lasted()} >= c.summary_s THEN c.summary_s END"""


def _query(of_call: str, *, hears: bool) -> str:
    utc_hour = "CAST(strftime('%H', c.started_at) AS INTEGER)"
    if not on_sqlite():
        utc_hour = "CAST(EXTRACT(HOUR FROM c.started_at AT TIME ZONE 'UTC') AS INTEGER)"
    ended = _ENDED.format(
        of_call=of_call,
        utc_hour=utc_hour,
        silent_since=seconds_between("t.at", "c.ended_at"),
        heard=_heard(hears=hears),
        chose=_reached("planned_at", "true", 0),
        connected=_reached("answered_at", _CONNECTED, 0),
        talked=_reached("answered_at", _TALKED, 0),
        again=_reached("answered_at", _CONNECTED, 1),
    )
    known = [
        "CASE WHEN is_over THEN so_far END AS step",
        "CASE WHEN is_over AND tries > 0 THEN tries END AS attempts",
        f"CASE WHEN {_LEFT} THEN last_step END AS left_step",
        f"CASE WHEN is_over THEN {_bounded('raw_talk_s')} END AS talk_s",
        f"CASE WHEN {_LEFT} THEN {_bounded('last_s')} END AS left_s",
        *(
            f"CASE WHEN is_over AND so_far >= {at} THEN {_bounded(f'raw_{name}')} END AS {name}"
            for at, name in enumerate(REACHES, start=1)
        ),
    ]
    return f"SELECT call_id, {', '.join(OF_CALL)}, hour, {', '.join(known)} FROM ({ended}) e"


def _reached(moment: str, condition: str, after: int) -> str:
    seconds = seconds_between("c.started_at", f"l.{moment}")
    return f"""(SELECT {seconds} FROM legs l WHERE l.call_id = c.id AND {condition}
    ORDER BY l.leg LIMIT 1 OFFSET {after})"""


def _bounded(name: str) -> str:
    return f"CASE WHEN {name} < 0 THEN 0 WHEN {name} > {_LONGEST_S} THEN {_LONGEST_S} ELSE {name} END"


def _insert(of_call: str, *, hears: bool = False, gap: str = str(NEVER_DAYS)) -> str:
    names, query = ", ".join(["call_id", *_FACTS]), _query(of_call, hears=hears)
    return f"INSERT INTO figure_facts ({names}, gap_days) SELECT {names}, {gap} FROM ({query}) q"


def _new_facts(*, hears: bool = False) -> list[str]:
    """Of a call that is new, or counts again: its own facts, and the gap before the supporter's next call."""
    # A gap that is found only afterwards would be counted twice.
    new = _insert("WHERE c.id = NEW.call_id", hears=hears, gap=_gap("NEW.call_id"))
    return [new, _update_gap(f"call_id = {_after()}")]


def _update(call: str, *, hears: bool = False) -> str:
    names = ", ".join(_FACTS)
    query = _query(f"WHERE c.id = {call}", hears=hears)
    return f"UPDATE figure_facts SET ({names}) = (SELECT {names} FROM ({query}) q) WHERE call_id = {call}"


def _gap(call: str) -> str:
    # Of a supporter's calls, those are a period's first that come so many days after the one before: a sum of them
    # counts the callers of any period.
    gap = "CAST(julianday(f.day) - julianday(g.day) AS INTEGER)" if on_sqlite() else "f.day - g.day"
    least = f"CASE WHEN {gap} < {NEVER_DAYS} THEN {gap} ELSE {NEVER_DAYS} END"
    before = _neighbor("p", "f.call_id", "<", "DESC")
    return f"""COALESCE((SELECT {least} FROM call_facts f JOIN call_facts g ON g.call_id = {before}
        WHERE f.call_id = {call}), {NEVER_DAYS})"""


def _update_gap(which: str) -> str:
    return f"UPDATE figure_facts SET gap_days = {_gap('figure_facts.call_id')} WHERE {which}"


def _neighbor(name: str, call: str, side: str, order: str) -> str:
    """The call of the same supporter that comes next before or after a call, of those that count."""
    return f"""(SELECT {name}.id FROM calls c JOIN calls {name} ON {name}.campaign_id = c.campaign_id
        AND {name}.pseudonym = c.pseudonym AND {name}.is_test = c.is_test
        AND ({name}.started_at, {name}.id) {side} (c.started_at, c.id)
        AND EXISTS (SELECT 1 FROM figure_facts x WHERE x.call_id = {name}.id)
        WHERE c.id = {call} ORDER BY {name}.started_at {order}, {name}.id {order} LIMIT 1)"""


def _after() -> str:
    return _neighbor("s", "NEW.call_id", ">", "ASC")


def _gaps() -> list[str]:
    return [_update_gap("call_id = NEW.call_id"), _update_gap(f"call_id = {_after()}")]


def _changed(names: list[str], differs: str) -> str:
    return " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in names)


# Version and direction of a call stay what they are.
_MOVED = ["day", "is_test", "language"]
_LATE = "NEW.ended_at IS NOT NULL AND OLD.last_turn < NEW.last_turn"


def _sqlite_triggers() -> list[str]:
    changed = f"NEW.is_over OR {_changed(_MOVED, 'IS NOT')}"
    new_facts = _update("NEW.call_id")
    return [
        sqlite_trigger("keep_figures_insert", "INSERT ON call_facts", _new_facts()),
        sqlite_trigger("keep_figures_update", "UPDATE ON call_facts", [new_facts], changed),
        sqlite_trigger("keep_figures_gaps", "UPDATE ON call_facts", _gaps(), _changed(["started_at"], "IS NOT")),
        sqlite_trigger("keep_figures_late", "UPDATE ON calls", [_update("NEW.id")], _LATE),
    ]


def _postgresql_triggers() -> list[str]:
    changed = f"NEW.is_over OR {_changed(_MOVED, 'IS DISTINCT FROM')}"
    return [
        plpgsql_function("keep_figures", either(_new_facts(), [_update("NEW.call_id")])),
        postgresql_trigger("keep_figures", "INSERT ON call_facts"),
        postgresql_trigger("keep_figures", "UPDATE ON call_facts", changed),
        plpgsql_function("keep_figure_gaps", _gaps()),
        postgresql_trigger("keep_figure_gaps", "UPDATE ON call_facts", _changed(["started_at"], "IS DISTINCT FROM")),
        plpgsql_function("keep_late_figures", [_update("NEW.id")]),
        postgresql_trigger("keep_late_figures", "UPDATE ON calls", _LATE),
    ]
