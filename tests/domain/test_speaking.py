"""One estimate of how long words take: of a text, of a speech, and of what the simulator plays."""

from xml.etree import ElementTree as ET

import pytest

from app.domain.documents import Level, meter
from app.domain.languages import CODES, LANGUAGE_WORDS
from app.domain.speaking import seconds_of, seconds_spoken, seconds_to_say
from app.domain.verbs import Break, Dial, Gather, Hangup, Name, Say, Text
from app.flow.prompts import LANGUAGES, say
from app.simulator.twiml.speech import read_speech
from app.telephony.twiml import Urls, Voice, render

VOICES = {code: Voice(each.voice, each.locale) for code, each in LANGUAGES.items()}
SPEECH = (Text("Calling the "), Name("Peñasco", "es", "Pen-yas-co"), Text("-like office — "), Break(500), Text("wait."))


def test_a_text_takes_its_words_at_150_a_minute_and_marks_are_no_words() -> None:
    assert seconds_to_say("") == 0
    assert seconds_to_say("one two — three … ¡cuatro! 5") == 2.0


def test_the_simulator_plays_a_speech_for_as_long_as_we_say_it_takes() -> None:
    answer = render([say("en", SPEECH)], Urls(""), VOICES)
    (element,) = ET.fromstring(answer)
    assert seconds_of(SPEECH) == read_speech(element, VOICES["en"].voice, "en-US").seconds == 2.5


@pytest.mark.parametrize(
    ("words", "level"), [(0, Level.GOOD), (62, Level.GOOD), (63, Level.LONG), (87, Level.LONG), (88, Level.TOO_LONG)]
)
def test_a_summary_is_good_up_to_25_seconds_and_possible_up_to_35(words: int, level: Level) -> None:
    assert meter("word " * words).level is level


def test_every_language_has_a_name_and_its_sentences() -> None:
    assert tuple(LANGUAGE_WORDS) == tuple(LANGUAGES) == CODES


def test_what_an_answer_speaks_ends_where_it_dials() -> None:
    five = Say((Text("One two three four five."), Break(1000)), "en")
    assert seconds_spoken((five, Hangup())) == 3
    announced = (
        Gather((five, five), 2, "en", falls_through=True),
        Dial("+16082645338", "", hide_caller=False, ring_s=30, talk_s=60, leg=1),
        five,
    )
    assert seconds_spoken(announced) == 6
