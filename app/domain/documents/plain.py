"""Writing a campaign's values as plain ones, which JSON and YAML can hold."""

from collections.abc import Mapping
from typing import Any

from app.domain.offices import Words


def filled(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something: empty texts, lists and mappings are left out; false and numbers are not."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def plain_words(words: Words, languages: tuple[str, ...]) -> str | dict[str, str]:
    """Texts by language; one in the campaign's first language alone stands for itself."""
    return words[languages[0]] if tuple(words) == languages[:1] else dict(words)
