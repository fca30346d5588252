"""Campaign documents for tests: a small whole one, and strategies that make any."""

from copy import deepcopy
from datetime import date
from typing import Any

from hypothesis import strategies as st

SMALL: dict[str, Any] = {
    "slug": "small",
    "name": "Small",
    "organization": "Small Group",
    "languages": ["en", "es"],
    "time_zone": "America/Chicago",
    "greeting": {"en": "Welcome.", "es": "Bienvenidos."},
    "summary": {"en": "Ask for help.", "es": "Pida ayuda."},
    "script": {"en": "Please help.", "es": "Ayuden, por favor."},
    "offices": [
        {"name": "Madison", "number": "608-264-5338"},
        {"name": {"en": "Peñasco Office"}, "number": "+12027367660", "extension": "w12"},
    ],
}


def small(**changes: Any) -> dict[str, Any]:
    """The small document with fields changed."""
    return {**deepcopy(SMALL), **changes}


def small_office(**changes: Any) -> dict[str, Any]:
    """The small document with its first office changed."""
    document = small()
    document["offices"][0] |= changes
    return document


_NUMBERS = ("+17158328424", "+19204982668", "+16087960045", "+16082645338", "+14142974451", "+12027367660")
_ZONES = ("America/Chicago", "America/New_York", "Pacific/Honolulu", "UTC")
# Everything that may stand in a text, with what YAML gives a meaning to over-represented.
_CHARACTERS = st.characters(
    exclude_categories=("Cc", "Cs", "Zl", "Zp"),
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff",
)
_TEXT = st.text(_CHARACTERS | st.sampled_from("#:-'\"|>*&!%@`{}[],? ñé\t\n"), min_size=1, max_size=60).filter(
    lambda text: text.strip() != ""
)
_BY_LANGUAGE = st.fixed_dictionaries({"en": _TEXT, "es": _TEXT})
_ENGLISH_ONLY = st.fixed_dictionaries({"en": _TEXT})
_SOME = _BY_LANGUAGE | _ENGLISH_ONLY
_HOURS = st.sampled_from(["closed", "0:00-24:00", "9:00-17:00", "13:00-15:00, 10:00-12:30", "00:00-23:59"])
_WEEK = st.dictionaries(st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), _HOURS)
# Some of them are what YAML would take for a number.
_IDS = st.text("0123456789abcdef", min_size=32, max_size=32) | st.sampled_from(["1" * 32, "1e" + "0" * 30])
_IDS_BY_LANGUAGE = st.dictionaries(st.sampled_from(["en", "es"]), _IDS)
_CLOSURES = st.lists(st.dates().map(str), max_size=3)
_OFFICE = st.fixed_dictionaries(
    {},
    optional={
        "say_as": _BY_LANGUAGE,
        "aliases": st.lists(_TEXT, max_size=2),
        "extension": st.text("0123456789w", min_size=1, max_size=20),
        "time_zone": st.sampled_from(_ZONES),
        "hours": _WEEK,
        "hours_assumed": st.booleans(),
        "holidays": st.sampled_from(["US", False]),
        "closures": _CLOSURES,
        "area_codes": st.lists(st.integers(200, 999).map(str), max_size=3),
        "brief": _SOME,
        "script": _SOME,
        "voicemail_tip": _SOME,
    },
)


def _with_offices(document: dict[str, Any], offices: list[dict[str, Any]]) -> dict[str, Any]:
    numbered = zip(offices, _NUMBERS, strict=False)
    return document | {
        "offices": [
            {"id": f"office-{index}", "name": f"Office {index}", "number": number, **office}
            for index, (office, number) in enumerate(numbered)
        ]
    }


documents: st.SearchStrategy[dict[str, Any]] = st.builds(
    _with_offices,
    st.fixed_dictionaries(
        {
            "slug": st.from_regex(r"[a-z0-9][a-z0-9-]{0,59}", fullmatch=True),
            "name": _TEXT,
            "organization": _TEXT,
            "languages": st.just(["en", "es"]),
            "time_zone": st.sampled_from(_ZONES),
            "greeting": _BY_LANGUAGE,
            "summary": _BY_LANGUAGE,
            "script": _BY_LANGUAGE,
        },
        optional={
            "status": st.sampled_from(["live", "paused", "ended"]),
            "number": st.just("+15005550006"),
            "holidays": st.sampled_from(["US", False]),
            "closures": _CLOSURES,
            "ends_on": st.dates(date(2000, 1, 1), date(2099, 12, 31)).map(str),
            "caller_id": st.sampled_from(["supporter", "campaign"]),
            "welcomes_back": st.booleans(),
            "goal_calls": st.integers(0, 10_000_000),
            "limits": st.fixed_dictionaries({}, optional={"ring_seconds": st.integers(5, 120)}),
            "contact": _SOME,
            "recordings": st.dictionaries(st.sampled_from(["greeting", "summary", "script"]), _IDS_BY_LANGUAGE),
        },
    ),
    st.lists(_OFFICE, min_size=1, max_size=3),
)
"""Whole documents, all of them right."""

_LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=40)
    | st.dates()
    | st.sampled_from(["\x00", "\ud800", "9:00-17:00", "mon-fri", "US", "911", 10**4000, "٣", "a" * 9000])
)
_KEYS = st.text(max_size=10) | st.sampled_from(["en", "es", "id", "name", "number", "hours", "mon-fri", "offices"])
anything: st.SearchStrategy[Any] = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=3), max_leaves=8
)
"""Whatever a stranger may send."""
