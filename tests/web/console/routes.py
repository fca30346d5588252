"""Every page of the console as the URL map has it, with an address that leads to it."""

from dataclasses import dataclass

from werkzeug.routing import IntegerConverter

from app.web.application import Patchline
from app.web.console.guard import PREFIX
from tests.support.console import OWN

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
NOBODYS_ID = "0" * 32


@dataclass(frozen=True)
class Route:
    """One method of one page."""

    method: str
    endpoint: str
    path: str
    of_campaign: bool


def console_routes(app: Patchline, slug: str = OWN) -> list[Route]:
    """All pages under the console's prefix; what else they name does not exist."""
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith(PREFIX)]
    addresses = app.url_map.bind("localhost")
    found = []
    for rule in rules:
        values: dict[str, object] = {
            name: 987654321 if isinstance(converter, IntegerConverter) else NOBODYS_ID
            for name, converter in rule._converters.items()
        }
        if "slug" in rule.arguments:
            values["slug"] = slug
        path = addresses.build(rule.endpoint, values)
        methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
        found += [Route(method, rule.endpoint, path, "slug" in rule.arguments) for method in sorted(methods)]
    assert len(found) > 20
    return found
