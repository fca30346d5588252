"""Templates that a campaign can begin with: drafts whose names and numbers are to be filled in."""

from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from app.services.yaml_reading import read_yaml

TEMPLATES: Mapping[str, str] = MappingProxyType(
    {
        "senator": "One senator, all offices",
        "governor": "Governor’s line",
        "company": "Company switchboard",
        "council": "City council",
    }
)
"""What each is called, by the name of its file."""


def template_body(template: str, slug: str, name: str, organization: str) -> dict[str, Any]:
    """The draft that a template begins; raises KeyError for one that there is not."""
    if template not in TEMPLATES:
        raise KeyError(template)
    given = {"{name}": name, "{organization}": organization}
    text = files("app").joinpath(f"data/templates/{template}.yaml").read_text(encoding="utf-8")
    fields = {field: _filled(value, given) for field, value in read_yaml(text).value.items()}
    return {"slug": slug, "name": name, "organization": organization, **fields}


def _filled(value: Any, given: Mapping[str, str]) -> Any:
    """A text with what stands in its place; all else as it is."""
    if not isinstance(value, str):
        return value
    for placeholder, text in given.items():
        value = value.replace(placeholder, text)
    return value
