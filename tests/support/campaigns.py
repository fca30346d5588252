"""A campaign for tests, small enough to see through: seven offices as in the demo, or any number of them."""

from dataclasses import replace
from datetime import UTC, datetime

from app.domain.campaigns import Campaign
from app.domain.hours import Calendar
from app.domain.offices import Office

TUESDAY_10 = datetime(2017, 12, 19, 16, 0, tzinfo=UTC)
"""Ten in the morning in Wisconsin, eleven in Washington."""

FRIDAY_16_15 = datetime(2017, 12, 22, 22, 15, tzinfo=UTC)
"""A quarter past four in Wisconsin: the desk in Washington is closed."""

SATURDAY = datetime(2017, 12, 23, 18, 0, tzinfo=UTC)
CHRISTMAS = datetime(2017, 12, 25, 16, 0, tzinfo=UTC)

_CITIES = (
    ("Eau Claire", "+17158328424", "715"),
    ("Green Bay", "+19204982668", "920"),
    ("La Crosse", "+16087960045", "608"),
    ("Madison", "+16082645338", "608"),
    ("Milwaukee", "+14142974451", "414"),
    ("Wausau", "+17152612611", "715"),
)


def calendar(zone: str = "America/Chicago") -> Calendar:
    return Calendar(zone, holidays="US")


def city(position: int, name: str, number: str, area_code: str) -> Office:
    slug = name.lower().replace(" ", "-")
    return Office(slug, position, {"en": name}, number, calendar(), area_codes=(area_code,))


def desk(position: int) -> Office:
    return Office(
        "state-department",
        position,
        {"en": "State Department", "es": "Departamento de Estado"},
        "+12027367660",
        calendar("America/New_York"),
        brief={"en": "The ask differs here.", "es": "Aquí la petición cambia."},
        script={"en": "The desk's own script.", "es": "El guion del departamento."},
        voicemail_tip={"en": "Leave your name only.", "es": "Deje solo su nombre."},
    )


def campaign(**changes: object) -> Campaign:
    offices = tuple(city(at, *facts) for at, facts in enumerate(_CITIES))
    whole = Campaign(
        slug="test",
        name="Test line",
        organization="Testers",
        time_zone="America/Chicago",
        languages=("en", "es"),
        greeting={"en": "Welcome to the test line.", "es": "Línea de prueba."},
        summary={"en": "In short: say so.", "es": "En resumen: dígalo."},
        script={"en": "Hello, I am [NAME]. Please act!", "es": "Hola, soy [NAME]. ¡Actúe!"},
        offices=(*offices, desk(len(offices))),
        holidays="US",
    )
    return replace(whole, **changes)  # type: ignore[arg-type]  # each test names fields of a campaign


def many_offices(count: int) -> Campaign:
    offices = tuple(city(at, f"Town {at + 1}", f"+1608264{5000 + at}", "608") for at in range(count))
    return campaign(offices=offices)
