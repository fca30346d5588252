"""The languages in which calls are held, and how their sentences are put together."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType

from app.domain.verbs import Break, Name, Say, Span, Speech, Text
from app.flow.prompts.en import ENGLISH
from app.flow.prompts.es import SPANISH
from app.flow.prompts.keys import Language, P

LANGUAGES: Mapping[str, Language] = MappingProxyType({each.code: each for each in (ENGLISH, SPANISH)})

Value = str | int | Name | Speech

_PAUSES_MS = {"/": 250, "//": 500}
_SENTENCE_PAUSE_MS = 500
_NOON = 12


def sentence(language: str, prompt: P, **values: Value) -> Speech:
    """One prompt of a language with its values filled in."""
    return _fill(LANGUAGES[language].sentences[prompt], tuple(values.items()))


# Callers hear the same sentences with the same few names in them, and putting one together takes as long as a query.
@lru_cache(maxsize=4096)
def _fill(template: str, given: tuple[tuple[str, Value], ...]) -> Speech:
    values = dict(given)
    spans: list[Span] = []
    for word in template.split(" "):
        if spans and not isinstance(spans[-1], Break):
            spans.append(Text(" "))
        if word in _PAUSES_MS:
            spans.append(Break(_PAUSES_MS[word]))
        else:
            spans.extend(_fill_word(word, values))
    return merge(spans)


def _fill_word(word: str, values: Mapping[str, Value]) -> Speech:
    before, brace, rest = word.partition("{")
    if not brace:
        return (Text(word),)
    name, _, after = rest.partition("}")
    value = values[name]
    middle: Speech = value if isinstance(value, tuple) else (value if isinstance(value, Name) else Text(str(value)),)
    return (Text(before), *middle, *_fill_word(after, values))


def merge(spans: list[Span]) -> Speech:
    """The same speech with neighbouring texts joined and empty ones left out."""
    merged: list[Span] = []
    for span in spans:
        if isinstance(span, Text) and merged and isinstance(merged[-1], Text):
            merged[-1] = Text(merged[-1].text + span.text)
        elif span != Text(""):
            merged.append(span)
    return tuple(merged)


def in_turn(*speeches: Speech) -> Speech:
    """Speeches one after the other, half a second apart."""
    return _in_turn(speeches)


@lru_cache(maxsize=4096)
def _in_turn(speeches: tuple[Speech, ...]) -> Speech:
    spans: list[Span] = []
    for speech in filter(None, speeches):
        if spans:
            spans += [Text(" "), Break(_SENTENCE_PAUSE_MS)]
        spans.extend(speech)
    return merge(spans)


def listing(language: str, names: tuple[Name, ...]) -> Speech:
    """Names as a list within a sentence: 'Madison, Wausau and Green Bay'."""
    spans: list[Span] = []
    for index, name in enumerate(names):
        if index:
            last = index == len(names) - 1
            spans.append(Text(f" {LANGUAGES[language].conjunction} " if last else ", "))
        spans.append(name)
    return merge(spans)


def moment(language: str, at: datetime, now: datetime) -> str:
    """When an office opens, in words: 'Monday at 9', in the office's own time, as both arguments are."""
    words = LANGUAGES[language]
    hour = at.hour - _NOON if at.hour > _NOON else at.hour
    clock = f"{hour}:{at.minute:02}" if at.minute else str(hour)
    form = words.at_one if hour == 1 else words.at_hour
    spoken = form.format(hour=clock + (words.after_noon if at.hour >= _NOON else ""))
    days = (at.date() - now.date()).days
    if days == 0:
        return words.today.format(at=spoken)
    day = words.days[at.weekday()]
    if days >= len(words.days):
        day = words.date_form.format(day=day, month=words.months[at.month - 1], number=at.day)
    return words.on_day.format(day=day, at=spoken)


def say(language: str, *speeches: Speech, recording: str = "") -> Say:
    """A verb that speaks the speeches in a language, or plays the recording of them."""
    return Say(in_turn(*speeches), language, recording)


__all__ = ["LANGUAGES", "Language", "P", "in_turn", "listing", "merge", "moment", "say", "sentence"]
