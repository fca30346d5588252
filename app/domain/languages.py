"""The languages in which a call can be held."""

from collections.abc import Mapping
from types import MappingProxyType

CODES = ("en", "es")

LANGUAGE_WORDS: Mapping[str, str] = MappingProxyType({"en": "English", "es": "Spanish"})
"""Their names, as organizers read them."""
