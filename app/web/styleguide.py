"""The style guide: every component in light, dark and Spanish, by the macros that the pages use."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template

from app.domain.documents.meter import meter
from app.domain.word_diff import word_diff
from app.services import figures_charts as charts
from app.services.call_story import clock
from app.web.console.calls_shown import day_words

styleguide = Blueprint("styleguide", __name__)

_CHICAGO = ZoneInfo("America/Chicago")
_AT = datetime(2026, 3, 3, 20, 31, tzinfo=UTC)
_DAY = date(2026, 2, 25)
_CALLS = (27, 16, 9, 2, 0, 8, 19)

# What only the numbers of it matter of; the words are in the templates, in both languages.
_SAMPLES: Mapping[str, object] = MappingProxyType(
    {
        "at": _AT,
        "columns": charts.columns(
            {_DAY + timedelta(days=at): n for at, n in enumerate(_CALLS)}, _DAY, _DAY + timedelta(days=len(_CALLS) - 1)
        ),
        "drop_off": {
            "stretches": [{"label": "summary", "x": 20, "width": 60}],
            "columns": [
                {"n": n, "x": 4 + 14 * at, "width": 8, "height": n / max(_CALLS)} for at, n in enumerate(_CALLS)
            ],
        },
        "heat": [{"hour": hour, "level": max(0, 5 - abs(hour - 13)), "is_open": 9 <= hour < 17} for hour in range(24)],
        "closes": (_AT + timedelta(hours=2)).astimezone(_CHICAGO),
        "opens": (_AT + timedelta(hours=18)).astimezone(_CHICAGO),
    }
)


@styleguide.get("/styleguide")
def page() -> str:
    """Show the components."""
    return render_template(
        "styleguide.html",
        charts=charts,
        clock=clock,
        day_words=day_words,
        meter=meter,
        word_diff=word_diff,
        **_SAMPLES,
    )
