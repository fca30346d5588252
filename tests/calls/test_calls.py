"""Whole calls over signed webhooks, on SQLite and on PostgreSQL."""

from datetime import timedelta

import pytest

from app.simulator import WITHHELD, Doubled, LostAnswers, Shuffled
from tests.support.campaigns import CHRISTMAS, FRIDAY_16_15
from tests.support.hotline import HOTLINE, Hotline

CITIES = ["Eau Claire", "Green Bay", "La Crosse", "Madison", "Milwaukee", "Wausau", "State Department"]


def test_a_busy_office_stays_on_the_list_and_the_next_one_is_reached(hotline: Hotline) -> None:
    hotline.office("Madison").is_busy()
    caller = hotline.calls().hears("Madison, 4.").presses("4")
    caller.hears("Madison is busy, so it stays on your list. To try La Crosse now, press pound.").presses("#")
    caller.waits().hears("You're back with us.").presses("1").hears("That's 1 of 7.").hangs_up()
    assert hotline.legs() == [("Madison", "busy", None), ("La Crosse", "completed", "spoke")]
    (call,) = hotline.log()
    assert (call["status"], call["last_step"], call["end_reason"]) == ("completed", "next", "caller-hangup")


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_office_is_reached_by_its_digit_in_both_languages(hotline: Hotline, language: str) -> None:
    for city in CITIES:
        hotline.office(city).answers(after=1, talk=3)
    caller = hotline.calls()
    if language == "es":
        caller.presses("9", during="Para español")
    for key in "1234567":
        caller.presses(key).waits().presses("1")
        if key != "7":
            caller.presses("0")
    caller.was_let_go()
    assert hotline.legs() == [(city, "completed", "spoke") for city in CITIES]
    assert hotline.log()[0]["language"] == language


def test_pound_alone_reaches_all_seven_offices(hotline: Hotline) -> None:
    caller = hotline.calls(number="+14145550199").presses("#", during="Welcome")
    for _ in range(6):
        caller.waits().presses("#").presses("#")
    caller.waits().presses("#").hears("You have now called all 7 offices.").was_let_go()
    assert sorted(leg[0] for leg in hotline.legs()) == sorted(CITIES)  # type: ignore[type-var]  # names
    assert hotline.legs()[0][0] == "Milwaukee"  # the nearest by area code
    assert hotline.log()[0]["end_reason"] == "all-reached"


def test_a_patched_call_takes_three_round_trips_after_the_answer(hotline: Hotline) -> None:
    caller = hotline.calls().presses("4").waits().presses("1").hears("Next: La Crosse.")
    asked = [entry.exchange for entry in caller.call.transcript.entries if entry.exchange]
    turns = [exchange for exchange in asked if "/voice/turn" in exchange.url]
    assert len(turns) == 3


def test_a_key_during_any_prompt_is_obeyed_at_once(hotline: Hotline) -> None:
    caller = hotline.calls().presses("4", during="Welcome").presses("*", during="Calling the Madison office")
    caller.hears("Or choose one.").presses("8", during="Or choose one").presses("#", during="Full script")
    caller.hears("Eau Claire, press 1.").hangs_up()
    assert hotline.legs() == [("Madison", "canceled", None)]


def test_star_ends_the_office_call_and_the_caller_goes_on(hotline: Hotline) -> None:
    hotline.office("Madison").answers(after=3, talk=None)
    hotline.calls().presses("4").talks(70).presses("*").hears("You're back with us.").presses("1").hangs_up()
    leg = hotline.log()[0]["legs"][0]  # type: ignore[index]  # JSON of the contract
    assert (leg["status"], leg["duration"], leg["bridged"], leg["disposition"]) == ("completed", 70, True, "spoke")


def test_star_while_it_rings_comes_back_to_the_list(hotline: Hotline) -> None:
    hotline.office("Madison").does_not_answer()
    hotline.calls().presses("4").hears_ringing("Madison").presses("*").hears("Or choose one.").hangs_up()
    assert hotline.legs() == [("Madison", "canceled", None)]


@pytest.mark.parametrize(
    ("conduct", "words", "status"),
    [
        ("does_not_answer", "Nobody answered in Madison. It stays on your list.", "no-answer"),
        ("fails", "That call did not go through, and we have told our team.", "failed"),
    ],
)
def test_what_the_line_says_is_told_and_kept(hotline: Hotline, conduct: str, words: str, status: str) -> None:
    getattr(hotline.office("Madison"), conduct)()
    hotline.calls().presses("4").hears(words).hangs_up()
    assert hotline.legs() == [("Madison", status, None)]


def test_a_busy_office_is_not_offered_to_the_next_caller_and_a_failed_one_is_hidden(hotline: Hotline) -> None:
    hotline.office("Eau Claire").is_busy()
    hotline.office("Green Bay").fails()
    hotline.calls("+12025550111").presses("1").hears("Eau Claire is busy").presses("2").hangs_up()
    hotline.calls("+12025550112").presses("#").hears("Calling the La Crosse office.").hangs_up()
    hotline.calls("+12025550114").presses("2").hears("Calling the Green Bay office.").hangs_up()


def test_two_callers_fill_an_office_and_the_third_is_led_on(hotline: Hotline) -> None:
    hotline.office("Madison").answers(after=1, talk=None)
    first, second = (hotline.calls(f"+1202555012{n}").presses("4").talks(1) for n in (1, 2))
    third = hotline.calls("+12025550123").presses("4")
    third.hears("Two callers are on with Madison right now. Eau Claire is free: press pound.").hangs_up()
    first.presses("*").hangs_up()
    hotline.calls("+12025550124").presses("4").hears("Calling the Madison office.").hangs_up()
    second.hangs_up()


def test_a_returning_supporter_is_known_by_pseudonym_only(hotline: Hotline) -> None:
    hotline.calls().presses("9").presses("4").waits().presses("1").hangs_up()
    hotline.calls().hears("Qué gusto oírle de nuevo. Ya llamó a Madison.").hangs_up()
    hotline.calls("+16085550999").hears("Welcome to the Honduras action line").hangs_up()
    first, second, other = (call["caller"] for call in hotline.log())
    assert first == second != other


def test_the_same_office_thrice_a_day_is_enough_until_tomorrow(hotline: Hotline) -> None:
    for _ in range(3):
        hotline.calls().presses("4").waits().presses("3").hangs_up()
    hotline.calls().presses("4").hears("You have called Madison 3 times today, so let's try another.").hangs_up()
    hotline.stage.clock.move(24 * 3600)
    hotline.calls().presses("4").hears("Calling the Madison office.").hangs_up()


def test_after_90_days_without_a_call_a_number_is_anybodys(hotline: Hotline) -> None:
    """F38: by then it may belong to somebody else, to whom nothing is told of the calls before."""
    hotline.calls().presses("9").presses("4").talks(70).hangs_up()
    hotline.stage.clock.move(timedelta(weeks=12).total_seconds())
    hotline.calls().hears("de nuevo").hangs_up()
    hotline.stage.clock.move(timedelta(weeks=13).total_seconds())
    hotline.calls().hears("Welcome").hangs_up()


def test_a_withheld_caller_gets_everything_but_memory(hotline: Hotline) -> None:
    for spelling in WITHHELD:
        hotline.calls(spelling).presses("4").waits().presses("1").hears("That's 1 of 7.").hangs_up()
        hotline.calls(spelling).hears("Welcome to the Honduras action line").hangs_up()
    assert {call["caller"] for call in hotline.log()} == {"withheld"}
    assert [rung.shown for rung in hotline.office("Madison").rung] == [HOTLINE] * len(WITHHELD)


def test_an_office_sees_the_supporters_own_number_by_default(hotline: Hotline) -> None:
    hotline.calls("+16085550123").presses("4").waits().hangs_up()
    assert [rung.shown for rung in hotline.office("Madison").rung] == ["+16085550123"]


def test_on_friday_afternoon_the_desk_is_closed_and_wisconsin_open(hotline: Hotline) -> None:
    hotline.is_at(FRIDAY_16_15)
    caller = hotline.calls().hears("State Department, closed now, 7.").presses("7")
    caller.hears("State Department is closed now. You can leave a voicemail").presses("0")
    caller.presses("4").hears("Calling the Madison office.").hangs_up()


def test_on_christmas_day_the_holiday_is_told(hotline: Hotline) -> None:
    hotline.is_at(CHRISTMAS)
    hotline.calls().presses("#").hears("Today is a federal holiday, so offices are closed until Tuesday at 9.")


def test_silence_lets_go_after_about_53_seconds_and_patience_after_two_minutes(hotline: Hotline) -> None:
    def seconds_of_silence(keys: str) -> float:
        caller = hotline.calls(None).listens()
        if keys:
            caller.presses(keys).listens()
        before = hotline.stage.clock.now()
        while not caller.call.is_over:
            caller.stays_silent().listens()
        caller.was_let_go()
        return (hotline.stage.clock.now() - before).total_seconds()

    assert 45 <= seconds_of_silence("") <= 60
    assert seconds_of_silence("00") >= 120


def test_a_number_of_no_campaign_is_told_so_and_nothing_is_kept(hotline: Hotline) -> None:
    caller = hotline.caller().dials("+15005550009")
    caller.hears("This number does not belong to a campaign.").was_let_go()
    assert hotline.log() == []


@pytest.mark.parametrize("seed", range(8))
def test_callbacks_in_any_order_doubled_and_late_leave_the_same_record(hotline: Hotline, seed: int) -> None:
    hotline.office("Madison").is_busy()
    hotline.stage.carrier.delivery = Shuffled(seed)
    caller = hotline.calls().presses("4").presses("#").waits().presses("1").hangs_up()
    caller.waits(60)
    assert hotline.legs() == [("Madison", "busy", None), ("La Crosse", "completed", "spoke")]
    (call,) = hotline.log()
    assert (call["status"], call["end_reason"]) == ("completed", "caller-hangup")


def test_every_webhook_twice_gives_equal_bytes_and_one_record(hotline: Hotline) -> None:
    hotline.stage.carrier.delivery = Doubled()
    caller = hotline.calls().presses("4").waits().presses("1").hears("That's 1 of 7.").hangs_up()
    assert hotline.legs() == [("Madison", "completed", "spoke")]
    answers: dict[str, set[str]] = {}
    for entry in caller.call.transcript.entries:
        if entry.exchange:
            answers.setdefault(entry.exchange.url, set()).add(entry.exchange.body)
    assert all(len(given) == 1 for given in answers.values())


def test_an_answer_that_is_lost_is_asked_for_again_and_the_call_goes_on(hotline: Hotline) -> None:
    caller = hotline.calls().listens()
    hotline.stage.carrier.delivery = LostAnswers(1, within="/voice/turn")
    caller.presses("4").hears("Calling the Madison office.").waits().presses("1").hears("That's 1 of 7.").hangs_up()
    assert hotline.legs() == [("Madison", "completed", "spoke")]


def test_when_answers_stay_lost_the_fallback_apologizes_and_goes_on_without_dialing(hotline: Hotline) -> None:
    caller = hotline.calls().listens()
    hotline.stage.carrier.delivery = LostAnswers(99, within="/voice/turn")
    caller.presses("4").hears("Sorry, our system has a problem. You can reach the").hears("Or choose one.")
    hotline.stage.carrier.delivery = type(hotline.stage.carrier.delivery)(0)
    caller.presses("5").hears("Calling the Milwaukee office.").waits().presses("1").hangs_up()
    assert hotline.legs()[-1] == ("Milwaukee", "completed", "spoke")
    assert not hotline.office("Madison").rung
