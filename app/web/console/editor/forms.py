"""What was posted from each simple section, as a change of a draft. Nothing is refused: it is kept as it was typed."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from app.domain.documents.campaign import LIMITS
from app.domain.drafts import Body, languages_of, with_fields, with_languages, write_words
from app.domain.languages import CODES
from app.services.drafts import Change
from app.web.console.forms import Form

_LONGEST_LIMIT = 9


def _message(form: Form) -> Change:
    def change(body: Body) -> Body:
        languages = languages_of(body)
        texts = typed_words(form, _MESSAGE_TEXTS, languages)
        return with_fields(body, {name: typed(form, name) for name in ("name", "organization")} | texts)

    return change


_MESSAGE_TEXTS = ("greeting", "summary", "script", "contact")


def _hours(form: Form) -> Change:
    fields = {
        "time_zone": typed(form, "time_zone"),
        "ends_on": typed(form, "ends_on"),
        "holidays": "US" if form.has("holidays") else False,
        "closures": typed_lines(form, "closures"),
    }
    return lambda body: with_fields(body, fields)


def _limits(form: Form) -> Change:
    given = {name: _number(form[f"limits.{name}"].strip()) for name in LIMITS}
    limits = {name: value for name, value in given.items() if value != ""}
    goal = _number(form["goal_calls"].strip()) or ""
    return lambda body: with_fields(body, {"goal_calls": goal, "limits": limits})


def _languages(form: Form) -> Change:
    spoken = [code for code in CODES if code in form.all("languages")]
    spoken.sort(key=lambda code: code != form["first"])
    # A hotline without a language is none: what was sent without any changes nothing.
    return lambda body: with_languages(body, tuple(spoken)) if spoken else body


def _line(form: Form) -> Change:
    fields = {
        "number": typed(form, "number"),
        "caller_id": form["caller_id"],
        "welcomes_back": form.has("welcomes_back"),
    }
    return lambda body: with_fields(body, fields)


READERS: Mapping[str, Callable[[Form], Change]] = MappingProxyType(
    {"message": _message, "hours": _hours, "limits": _limits, "languages": _languages, "line": _line}
)
"""By the key of the section."""


def typed_words(form: Form, names: Iterable[str], languages: tuple[str, ...]) -> dict[str, str | dict[str, str]]:
    """Texts in all languages, as a draft holds them."""
    given = {name: {code: typed(form, f"{name}.{code}") for code in languages} for name in names}
    return {name: write_words(words, languages) for name, words in given.items()}


def typed_lines(form: Form, name: str) -> list[str]:
    """What was typed a line each."""
    return [line.strip() for line in form[name].splitlines() if line.strip()]


def typed(form: Form, name: str) -> str:
    """A text with the line ends of documents; browsers send another one's."""
    return "\n".join(form[name].splitlines()).strip()


def _number(text: str) -> int | str:
    is_number = text.isascii() and text.isdigit() and len(text) <= _LONGEST_LIMIT
    return int(text) if is_number else text
