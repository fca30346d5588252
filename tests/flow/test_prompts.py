"""The sentences: whole in each language, short enough, and put together well."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.domain.languages import CODES
from app.domain.verbs import Break, Name, Text, plain
from app.flow.prompts import LANGUAGES, P, in_turn, listing, moment, say, sentence
from app.flow.steps.menus import chunks

WORDS_PER_SECOND = 150 / 60


def seconds(template: str) -> float:
    pauses = {"/": 0.25, "//": 0.5}
    words = template.split()
    return sum(pauses.get(word, 1 / WORDS_PER_SECOND) for word in words)


@pytest.mark.parametrize("code", CODES)
def test_a_language_is_whole(code: str) -> None:
    language = LANGUAGES[code]
    assert set(language.sentences) == set(P)
    assert (len(language.days), len(language.months)) == (7, 12)


@pytest.mark.parametrize("prompt", list(P))
def test_translations_fill_in_the_same_values(prompt: P) -> None:
    def names(code: str) -> set[str]:
        return set(re.findall(r"{(\w+)}", LANGUAGES[code].sentences[prompt])) - {"phrase"}

    assert names("en") == names("es")


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("prompt", list(P))
def test_no_prompt_is_longer_than_its_time(prompt: P, code: str) -> None:
    assert seconds(LANGUAGES[code].sentences[prompt]) <= 25


def test_values_are_filled_in_with_pauses_and_pronunciation() -> None:
    name = Name("Eau Claire", "en", "Oh Clair")
    assert sentence("es", P.MENU_OFFICE_FIRST, office=name, key=1) == (
        name,
        Text(", "),
        Break(250),
        Text("oprima 1."),
    )


def test_a_value_is_never_read_as_a_template() -> None:
    assert (
        plain(sentence("en", P.HELP_CONTACT, contact="{office} / // x")) == "To reach the organizers: {office} / // x."
    )


def test_speeches_follow_each_other_with_a_pause_and_empty_ones_are_left_out() -> None:
    assert in_turn((Text("a"),), (), (Text("b"),)) == (Text("a "), Break(500), Text("b"))
    assert say("en").speech == ()


def test_a_list_of_names_reads_as_a_sentence() -> None:
    names = tuple(Name(city, "en") for city in ("Madison", "Wausau", "Green Bay"))
    assert plain(listing("en", names)) == "Madison, Wausau and Green Bay"
    assert plain(listing("es", names[:2])) == "Madison y Wausau"


@pytest.mark.parametrize(
    ("local", "english", "spanish"),
    [
        ((2017, 12, 18, 9, 0), "Monday at 9", "el lunes a las 9"),
        ((2017, 12, 16, 13, 0), "today at 1 p.m.", "hoy a la 1 de la tarde"),
        ((2017, 12, 17, 12, 30), "Sunday at 12:30 p.m.", "el domingo a las 12:30 de la tarde"),
        ((2018, 1, 2, 8, 30), "Tuesday, January 2, at 8:30", "el martes 2 de enero a las 8:30"),
    ],
)
def test_a_time_is_spoken_with_its_day(local: tuple[int, int, int, int, int], english: str, spanish: str) -> None:
    zone = ZoneInfo("America/Chicago")
    now, at = datetime(2017, 12, 16, 12, 0, tzinfo=UTC).astimezone(zone), datetime(*local, tzinfo=zone)
    assert (moment("en", at, now), moment("es", at, now)) == (english, spanish)


def test_a_script_is_cut_at_sentence_ends_and_nothing_is_lost() -> None:
    text = "One. Two!\n\nThree? " + "Word " * 100 + "end. Last."
    pieces = chunks(text)
    assert " ".join(pieces).split() == text.split()
    assert pieces[0] == "One. Two! Three?"
    assert all(piece[-1] in ".!?" for piece in pieces)
