"""The languages in which a call can be held."""

CODES = ("en", "es")
