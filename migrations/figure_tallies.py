"""The SQL by which the database counts the facts of the figures; a `Shape` says as which revision makes it."""

# ruff: noqa: S608 - these statements are made of our own names alone

from dataclasses import dataclass

from migrations.call_log_triggers import (
    adding,
    either,
    on_sqlite,
    plpgsql_function,
    postgresql_trigger,
    sqlite_trigger,
)
from migrations.figure_triggers import LENGTHS, OF_CALL, REACHES

CELL = ["campaign_id", "chart", "day", "is_test", "language", "version_id", "direction", "part", "bucket"]
COUNTS = ["n", "total"]

# What is counted of a call: chart, part of the chart, value.
_COUNTED = [
    ("hour", "''", "hour"),
    ("callers", "''", "gap_days"),
    ("step", "''", "step"),
    ("attempts", "''", "attempts"),
    ("talk_s", "''", "talk_s"),
    ("left_s", "COALESCE({0}.left_step, '')", "left_s"),
    *(("reach_s", f"'{name.removesuffix('_s')}'", name) for name in REACHES),
]

# Lengths to the second below a minute, to 10 seconds below ten, then to the minute (app/domain/lengths.py).
_BUCKET = "CASE WHEN {0} < 60 THEN {0} WHEN {0} < 600 THEN {0} / 10 * 10 ELSE {0} / 60 * 60 END"
_LOCK = 7282860

_TOGETHER = {"language": "''", "version_id": "0", "direction": "''"}
"""What stands in the cells of a chart in which these are not told apart."""


@dataclass(frozen=True)
class Shape:
    """How calls are counted: by month besides by day or not, and in which charts their kinds are told apart."""

    by_month: bool
    together: frozenset[str] = frozenset()
    """Charts in which calls of all languages, versions and directions are counted together."""


FIRST = Shape(by_month=False)
"""As revision 0005 makes it."""
SECOND = Shape(by_month=True, together=frozenset({"callers", "attempts", "reach_s"}))
"""As revision 0011_figure_months makes it: hours are hours of the week, so that months of them can be added up."""


def tally_triggers(shape: Shape) -> list[str]:
    """What makes the triggers."""
    new, gone = _tally(shape, "NEW", ""), _tally(shape, "OLD", "-")
    both = [*_tally(shape, "OLD", "-", "NEW"), *_tally(shape, "NEW", "", "OLD")]
    if on_sqlite():
        return [
            sqlite_trigger("tally_figures_insert", "INSERT ON figure_facts", new),
            sqlite_trigger("tally_figures_update", "UPDATE ON figure_facts", both),
            sqlite_trigger("tally_figures_delete", "DELETE ON figure_facts", gone),
        ]
    return [
        plpgsql_function("tally_figures", either(new, both, gone)),
        postgresql_trigger("tally_figures", "INSERT OR DELETE ON figure_facts"),
        postgresql_trigger("tally_figures", "UPDATE ON figure_facts"),
        plpgsql_function("fold_figure_tallies", [_fold(shape)]),
        postgresql_trigger("fold_figure_tallies", "INSERT ON figure_tally_changes", "NEW.id % 256 = 0"),
    ]


def drop_tally_triggers() -> list[str]:
    """What takes the triggers away."""
    if on_sqlite():
        return [f"DROP TRIGGER tally_figures_{event}" for event in ("insert", "update", "delete")]
    return [f"DROP FUNCTION {name}() CASCADE" for name in ("tally_figures", "fold_figure_tallies")]


def count_again(shape: Shape) -> list[str]:
    """What empties the tallies and counts the facts as they stand."""
    entries = f"({_entries(shape, 'f', 'FROM figure_facts f')}) e"
    made = ["DELETE FROM figure_tally_changes", "DELETE FROM figure_tallies"]
    for table, cell in _tables(shape):
        cells = ", ".join(cell)
        count = f"SELECT {cells}, COUNT(*), SUM(value) FROM {entries} GROUP BY {cells}"
        made.append(f"INSERT INTO {table}_tallies ({_names()}) {count}")
    return made


def _entries(shape: Shape, row: str, source: str = "", other: str | None = None) -> str:
    """What is counted of a row, but for what another row says as well: one line for each chart."""
    counted = []
    for chart, part, name in _COUNTED:
        value = f"{row}.{name}"
        bucket = _BUCKET.format(value) if name in LENGTHS else value
        if chart == "hour" and shape.by_month:
            bucket = f"{_weekday(f'{row}.day')} * 24 + {value}"
        what = f"'{chart}' AS chart, {part.format(row)} AS part, {bucket} AS bucket, {value} AS value"
        counts = f"WHERE {value} IS NOT NULL"
        if other:
            counts += f" AND ({_differs(shape, chart, name, row, other)})"
        counted.append(f"SELECT {_kind(shape, chart, row)}, {what} {source} {counts}")
    return " UNION ALL ".join(counted)


def _differs(shape: Shape, chart: str, name: str, row: str, other: str) -> str:
    """Whether two rows of a call are counted differently in a chart."""
    told_apart = [each for each in OF_CALL if chart not in shape.together or each not in _TOGETHER]
    columns = [*told_apart, name, *(["left_step"] if chart == "left_s" else [])]
    differs = "IS NOT" if on_sqlite() else "IS DISTINCT FROM"
    return " OR ".join(f"{row}.{each} {differs} {other}.{each}" for each in columns)


def _kind(shape: Shape, chart: str, row: str) -> str:
    nothing = _TOGETHER if chart in shape.together else {}
    return ", ".join(f"{nothing.get(name, f'{row}.{name}')} AS {name}" for name in OF_CALL)


def _weekday(day: str) -> str:
    """A day's weekday, where Monday is 0."""
    if on_sqlite():
        return f"((CAST(strftime('%w', {day}) AS INTEGER) + 6) % 7)"
    return f"(CAST(EXTRACT(ISODOW FROM {day}) AS INTEGER) - 1)"


def _tally(shape: Shape, row: str, sign: str, other: str | None = None) -> list[str]:
    """What counts a call's row in or out, but for what another row says as well; on PostgreSQL it leaves the change."""
    # SQLite takes ON CONFLICT for a join's unless a WHERE stands before it.
    counted = f"{sign}1, {sign}value FROM ({_entries(shape, row, other=other)}) e WHERE TRUE"
    if not on_sqlite():
        return [f"INSERT INTO figure_tally_changes ({_names()}) SELECT {', '.join(CELL)}, {counted}"]
    return [
        f"INSERT INTO {table}_tallies ({_names()}) SELECT {', '.join(cell)}, {counted} {adding(table, CELL, COUNTS)}"
        for table, cell in _tables(shape)
    ]


def _fold(shape: Shape) -> str:
    # One at a time adds what is committed to the tallies, and nobody waits for that.
    folded = []
    for table, cell in _tables(shape):
        of = ", ".join(cell)
        sums = f"SELECT {of}, SUM(n), SUM(total) FROM gone GROUP BY {of}"
        folded.append(f"INSERT INTO {table}_tallies ({_names()}) {sums} {adding(table, CELL, COUNTS)}")
    by_month = "".join(f", months AS ({each})" for each in folded[1:])
    return f"""IF pg_try_advisory_xact_lock({_LOCK}) THEN
        WITH gone AS (DELETE FROM figure_tally_changes RETURNING *){by_month} {folded[0]}; END IF"""


def _tables(shape: Shape) -> list[tuple[str, list[str]]]:
    """The tallies, each with what its cells are made of."""
    month = "date(day, 'start of month')" if on_sqlite() else "CAST(date_trunc('month', day) AS DATE)"
    by_month = [month if name == "day" else name for name in CELL]
    return [("figure", CELL), *([("figure_month", by_month)] if shape.by_month else [])]


def _names() -> str:
    return ", ".join([*CELL, *COUNTS])
