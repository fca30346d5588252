"""What a new campaign begins as: an empty one with texts that work, or another one's copy."""

from typing import Any

from app.domain.drafts import Body, offices_of, with_fields

_NOT_COPIED = ("number", "closures", "ends_on", "status")
_NOT_COPIED_OF_OFFICES = ("closures", "hours_assumed", "verified")


def blank(slug: str, name: str, organization: str) -> dict[str, Any]:
    """A campaign without offices, in the shape of a document; its texts say what belongs in their place."""
    return {
        "slug": slug,
        "name": name,
        "organization": organization,
        "languages": ["en"],
        "time_zone": "America/New_York",
        "holidays": "US",
        "greeting": f"Welcome to {name}, from {organization}. Calls are not recorded.",
        "summary": "In short: give your name and city, say what you ask for, and thank them.",
        "script": (
            "Hello, my name is [NAME] and I am calling from [CITY].\n"
            "I ask you to …\n"
            "This matters to me because …\n"
            "Will you do this? Thank you for your time."
        ),
        "contact": organization,
    }


def duplicate(body: Body, slug: str, name: str) -> dict[str, Any]:
    """A copy of a campaign without its number, its dates, and the marks that a person has verified something."""
    offices = [_without(office, _NOT_COPIED_OF_OFFICES) for office in offices_of(body)]
    return with_fields(_without(body, _NOT_COPIED), {"slug": slug, "name": name, "offices": offices})


def _without(fields: Body, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if name not in names}
