"""Readers of attribute values: each turns text into a value or raises ValueError that says why not."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from app.simulator.connection import split_settings

Reader = Callable[[str], object]

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{4})?(-([A-Z]{2}|\d{3}))?", re.ASCII)
_E164 = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)


def whole(low: int, high: int | None = None) -> Reader:
    """A whole number within bounds."""

    def read(text: str) -> int:
        if not re.fullmatch(r"\d+", text, re.ASCII):
            raise ValueError("must be a whole number")
        number = int(text)
        if number < low or (high is not None and number > high):
            raise ValueError(f"must be from {low} to {high}" if high else f"must be at least {low}")
        return number

    return read


def choice(*values: str) -> Reader:
    """One of some words."""

    def read(text: str) -> str:
        if text not in values:
            raise ValueError(f"must be one of {', '.join(values)}")
        return text

    return read


def pattern(expression: str, why: str) -> Reader:
    """Text of a form."""

    def read(text: str) -> str:
        if not re.fullmatch(expression, text, re.ASCII):
            raise ValueError(why)
        return text

    return read


def words(*values: str) -> Reader:
    """Some of some words, with a space between."""

    def read(text: str) -> tuple[str, ...]:
        given = tuple(text.split())
        if not given or len(set(given)) < len(given) or not set(given) <= set(values):
            raise ValueError(f"must be words of {', '.join(values)}, with a space between")
        return given

    return read


def flag(text: str) -> bool:
    """True or false."""
    if text not in ("true", "false"):
        raise ValueError("must be true or false")
    return text == "true"


def language(text: str) -> str:
    """A language tag such as es-MX."""
    if not _LANGUAGE.fullmatch(text):
        raise ValueError("must be a language tag such as es-MX")
    return text


def absolute_url(text: str) -> str:
    """An absolute URL whose fragment, if any, holds connection settings.

    Twilio refuses underscores in a host name, and relative URLs break in inline documents.
    """
    split_settings(text)
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an absolute http or https URL")
    if "_" in parts.hostname:
        raise ValueError("must have no underscore in the host name")
    return text


def phone_number(text: str) -> str:
    """A number in E.164 form: the looser forms that Twilio takes are a trap in our own lists."""
    if not _E164.fullmatch(text):
        raise ValueError("must be a phone number in E.164 form")
    return text


def hints(text: str) -> tuple[str, ...]:
    """Up to 500 phrases of up to 100 characters (Twilio: Gather, hints)."""
    phrases = tuple(phrase.strip() for phrase in text.split(","))
    if len(phrases) > 500:
        raise ValueError("must have at most 500 phrases")
    if any(not phrase or len(phrase) > 100 for phrase in phrases):
        raise ValueError("must be phrases of 1 to 100 characters, with commas between")
    return phrases


def speech_timeout(text: str) -> int | None:
    """Seconds of silence that end speech, or None for the recognizer's own choice."""
    if text == "auto":
        return None
    number = whole(1)(text)
    assert isinstance(number, int)
    return number
