"""The conversation of a call, rule by rule, on the flow itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.campaigns import CallerId, CampaignStatus, Limits
from app.domain.events import DialEnded, Event, Silence, Spoke, Started
from app.domain.picking import Advice, Memory, OfficeFacts
from app.domain.record import Ending, LegEnded, LegPlanned, OutcomeReported, Preferred
from app.domain.results import EndReason, LineResult, Outcome
from tests.support.campaigns import CHRISTMAS, FRIDAY_16_15, SATURDAY, TUESDAY_10, campaign, many_offices
from tests.support.dry_call import DryCall

CITIES = ["Eau Claire", "Green Bay", "La Crosse", "Madison", "Milwaukee", "Wausau", "State Department"]


def returning(**facts: OfficeFacts) -> Advice:
    named = {name.replace("_", "-"): each for name, each in facts.items()}
    return Advice(offices=named, memory=Memory("en", patient=False))


def test_a_new_caller_hears_greeting_summary_and_offices_in_one_turn() -> None:
    call = DryCall()
    assert call.heard == (
        "Welcome to the test line. Para español, oprima nueve. In short: say so. "
        "For the best available office, press pound. Or choose one. "
        "Eau Claire, press 1. Green Bay, 2. La Crosse, 3. Madison, 4. Milwaukee, 5. Wausau, 6. State Department, 7. "
        "For the full script, press 8. To repeat, 0."
    )
    assert [say.language for say in call.says_] == ["en", "es", "en", "en"]


@pytest.mark.parametrize(("key", "city"), list(zip("1234567", CITIES, strict=True)))
def test_each_digit_calls_its_office(key: str, city: str) -> None:
    call = DryCall().presses(key)
    assert f"Calling the {city} office." in call.heard
    assert call.dials is not None
    assert call.dials.number == next(o.number for o in campaign().offices if o.name["en"] == city)


def test_a_first_call_is_told_what_to_say_first_and_later_ones_are_short() -> None:
    call = DryCall().presses("4")
    assert call.heard == (
        "Calling the Madison office. Say your name and city first. "
        "Press star any time to end that call and come back here."
    )
    call.office_is(LineResult.BUSY).presses("5")
    assert call.heard == "Calling Milwaukee. Star brings you back."


def test_an_office_with_a_brief_says_it_before_it_is_rung() -> None:
    assert DryCall().presses("7").heard.startswith("The ask differs here. Calling the State Department office.")


def test_pound_alone_reaches_all_seven_offices_and_says_goodbye() -> None:
    call = DryCall().presses("#")
    reached = []
    while not call.is_over:
        assert call.dials is not None
        reached.append(call.dials.number)
        call.office_answers().presses("#")
        if not call.is_over:
            call.presses("#")
    assert sorted(reached) == sorted(office.number for office in campaign().offices)
    assert call.heard == (
        "Thank you. You have now called all 7 offices. Call again tomorrow; it still counts. Goodbye."
    )
    assert call.notes[-1] == Ending(EndReason.ALL_REACHED)


def test_a_patched_call_takes_three_turns_from_answer_to_the_next_offer() -> None:
    call = DryCall().presses("4").office_answers().presses("1")
    assert call.turn.state.turn == 4  # the first turn is the answer itself
    assert call.heard == (
        "Thank you. That's 1 of 7. Next: Eau Claire. To call it, press pound. For the list, 0. To finish, hang up."
    )


def test_the_announcement_can_be_skipped_and_then_the_dial_stands_alone() -> None:
    call = DryCall().presses("4#")
    assert call.heard == ""
    assert call.dials is not None
    assert call.dials.leg == 2
    call.office_answers()
    assert call.step == "outcome"


@pytest.mark.parametrize(("keys", "step"), [("*", "menu"), ("8", "script"), ("5", "connect"), ("00", "help")])
def test_leaving_the_announcement_cancels_its_leg(keys: str, step: str) -> None:
    call = DryCall().presses("4").presses(keys)
    assert call.step == step
    assert LegEnded(2, "madison", LineResult.CANCELED) in call.notes


@pytest.mark.parametrize("keys", ["0", "9"])
def test_hearing_the_announcement_again_keeps_its_leg(keys: str) -> None:
    call = DryCall().presses("4").presses(keys)
    assert call.dials is not None
    assert call.dials.leg == 2
    assert not [note for note in call.notes if isinstance(note, LegEnded)]


def test_spanish_is_one_key_away_and_is_remembered() -> None:
    call = DryCall().presses("9")
    assert call.heard.startswith("Línea de prueba. For English, press nine. En resumen: dígalo.")
    assert "Departamento de Estado, 7." in call.heard
    assert Preferred("es", patient=False) in call.notes
    call.presses("4")
    assert "puede pedir: Spanish, please." in call.heard


def test_with_one_language_nine_is_a_wrong_key() -> None:
    call = DryCall(campaign(languages=("en",)))
    assert "nueve" not in call.heard
    assert call.presses("9").heard.startswith("That key is not used here.")


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (LineResult.BUSY, "Madison is busy, so it stays on your list."),
        (LineResult.NO_ANSWER, "Nobody answered in Madison. It stays on your list."),
        (LineResult.FAILED, "That call did not go through, and we have told our team."),
    ],
)
def test_an_office_that_is_not_reached_leads_to_the_next_one(result: LineResult, words: str) -> None:
    call = DryCall().presses("4").office_is(result)
    assert call.heard == f"{words} To try Eau Claire now, press pound. For the list, 0."
    assert call.presses("#").dials is not None
    assert "Calling Eau Claire." in call.heard


def test_a_busy_office_cools_down_and_a_failed_one_is_hidden() -> None:
    busy = DryCall().presses("4").office_is(LineResult.BUSY).notes[-1]
    failed = DryCall().presses("4").office_is(LineResult.FAILED).notes[-1]
    assert isinstance(busy, LegEnded)
    assert busy.cool_until is not None
    assert (busy.cool_until - TUESDAY_10).total_seconds() == 600
    assert isinstance(failed, LegEnded)
    assert failed.hide


def test_star_while_dialing_comes_back_to_the_menu() -> None:
    call = DryCall().presses("4").office_is(LineResult.CANCELED)
    assert call.step == "menu"
    assert "Madison, 4." in call.heard


@pytest.mark.parametrize(
    ("key", "outcome", "count"),
    [("1", Outcome.SPOKE, "That's 1 of 7."), ("2", Outcome.VOICEMAIL, "That's 1 of 7."), ("3", Outcome.UNREACHED, "")],
)
def test_the_outcome_is_what_the_caller_reports(key: str, outcome: Outcome, count: str) -> None:
    call = DryCall().presses("4").office_answers()
    assert call.heard.startswith("You're back with us. If you spoke with staff, press 1.")
    call.presses(key)
    assert call.notes[-1] == OutcomeReported(2, "madison", outcome, reached=outcome is not Outcome.UNREACHED)
    assert call.heard.startswith(f"Thank you. {count}".strip())
    assert ("That's" in call.heard) == bool(count)


@pytest.mark.parametrize("key", ["7", ""])
def test_the_outcome_question_is_asked_twice_and_then_left(key: str) -> None:
    call = DryCall().presses("4").office_answers()
    assert call.gathers.timeout_s == 8
    call = call.presses(key) if key else call.is_silent()
    assert call.step == "outcome"
    call = call.presses(key) if key else call.is_silent()
    assert call.step == "next"
    assert not [note for note in call.notes if isinstance(note, OutcomeReported)]


def test_lists_shrink_by_what_was_reached_but_its_keys_still_work() -> None:
    call = DryCall().presses("4").office_answers().presses("1").presses("0")
    assert "Madison" not in call.heard
    assert "Calling Madison." in call.presses("4").heard


def test_when_all_were_tried_the_longest_waiting_is_offered_again() -> None:
    call = DryCall()
    for key in "1234567":
        call.presses(key).office_is(LineResult.BUSY if key in "25" else LineResult.ANSWERED)
        if call.step == "outcome":
            call.presses("1")
    assert "Next: Green Bay." in call.heard


def test_silence_asks_three_times_and_lets_go_after_about_53_seconds() -> None:
    call = DryCall()
    waits = [call.gathers.timeout_s]
    assert call.is_silent().heard.startswith("Take your time.")
    waits.append(call.gathers.timeout_s)
    assert "such as Madison" in call.is_silent().heard
    waits.append(call.gathers.timeout_s)
    assert waits == [6, 10, 12]
    assert call.is_silent().is_over
    assert call.notes[-1] == Ending(EndReason.NO_INPUT)


def test_patient_mode_waits_longer_and_is_remembered() -> None:
    call = DryCall().presses("00")
    assert call.heard.startswith("Pound calls the next best office. A number from 1 to 7 calls that office.")
    assert "9, español. We will wait longer for you from now on." in call.heard
    assert Preferred("en", patient=True) in call.notes
    waits = []
    while not call.is_over:
        waits.append(call.gathers.timeout_s)
        call.is_silent()
    assert waits == [15, 20, 20, 20, 20]


def test_help_tells_how_to_reach_the_organizers() -> None:
    call = DryCall(campaign(contact={"en": "write to us"}, languages=("en",))).presses("00")
    assert "To reach the organizers: write to us." in call.heard


def test_two_zeros_with_another_key_between_are_no_call_for_help() -> None:
    assert DryCall().presses("0*0").step == "menu"


def test_zero_in_the_greeting_says_the_summary_again() -> None:
    assert DryCall().presses("0").heard.startswith("In short: say so. For the best")


def test_wrong_keys_lead_to_reading_the_offices_one_by_one() -> None:
    small = campaign(offices=campaign().offices[:3])
    call = DryCall(small).presses("5")
    assert call.heard.startswith("That key is not used here.")
    call.presses("6")
    assert call.heard == "Let's go one at a time. Press any key when you hear your office. Eau Claire"
    assert call.gathers.timeout_s == 3
    assert call.is_silent().heard == "Green Bay"
    assert "Green Bay office" in call.presses("9").heard


def test_reading_one_by_one_ends_after_two_rounds() -> None:
    call = DryCall(campaign(offices=campaign().offices[:3])).presses("77")
    for _ in range(6):
        assert not call.is_over
        call.is_silent()
    assert call.is_over
    assert call.notes[-1] == Ending(EndReason.WRONG_KEYS)


def test_star_leaves_the_reading_for_the_menu() -> None:
    assert DryCall(campaign(offices=campaign().offices[:3])).presses("55*").step == "menu"


def test_a_city_can_be_said_from_the_second_attempt_on() -> None:
    call = DryCall()
    assert call.gathers.hints == ()
    call.is_silent()
    assert "Madison" in call.gathers.hints
    assert "La Crosse office" in call.says("er, la crosse please").heard


def test_what_was_not_understood_is_asked_again_and_three_times_ends() -> None:
    call = DryCall().says("pizza")
    assert call.heard.startswith("We did not catch that.")
    assert not call.says("pizza").is_over
    assert call.says("pizza").is_over


def test_the_script_is_read_whole_and_then_offers_the_best_office() -> None:
    call = DryCall().presses("8")
    assert call.heard == "Full script. To choose an office, press pound. Hello, I am your name. Please act!"
    assert call.is_silent().heard.startswith("That was the script.")
    assert call.presses("0").step == "script"
    assert call.presses("#").step == "menu"
    assert call.presses("8").is_silent().presses("#").dials is not None
    assert DryCall().presses("8*").step == "menu"


def test_an_offered_office_with_its_own_script_has_that_read() -> None:
    seven = campaign()
    call = DryCall(replace(seven, offices=(replace(seven.offices[6], position=0),))).presses("1")
    call.office_is(LineResult.NO_ANSWER).presses("0").presses("8")
    assert "Please act!" in call.heard
    knows = {office.id: OfficeFacts(my_reached=True) for office in seven.offices[:6]}
    back = DryCall(seven, advice=Advice(offices=knows, memory=Memory("en", patient=False)))
    assert "The desk's own script." in back.presses("8").heard


def test_star_at_the_top_asks_once_and_then_says_goodbye() -> None:
    call = DryCall().presses("*")
    assert call.heard == "Finished? To hang up, press star again. To keep going, press pound."
    assert DryCall().presses("*#").step == "menu"
    assert call.presses("*").heard == "Thank you for calling. Please share this number. Goodbye."
    assert call.notes[-1] == Ending(EndReason.GOODBYE)
    assert DryCall().presses("*").is_silent().is_over


def test_goodbye_counts_the_calls_of_the_day() -> None:
    one = DryCall().presses("4").office_answers().presses("1*")
    assert one.heard.startswith("You made 1 call today.")
    earlier = returning(madison=OfficeFacts(my_reached=True, my_day=DryCall().scene.today, my_bridges_on_day=2))
    two = DryCall(advice=earlier).presses("**")
    assert two.heard.startswith("You made 2 calls today.")


def test_a_closed_office_tells_so_and_takes_a_voicemail() -> None:
    call = DryCall(at=FRIDAY_16_15)
    assert "State Department, closed now, 7. For the full" in call.heard
    call.presses("7")
    assert call.heard == (
        "State Department is closed now. Leave your name only. To do that, press pound. For another office, 0."
    )
    assert call.presses("#").dials is not None


def test_when_only_a_closed_office_remains_the_offer_says_so_and_pound_rings_it() -> None:
    call = DryCall(at=FRIDAY_16_15)
    for key in "123456":
        call.presses(key).office_answers().presses("1")
    assert call.heard.startswith("Thank you. That's 6 of 7. State Department is closed now. Leave your name only.")
    call.presses("#")
    assert call.dials is not None
    assert call.dials.number == "+12027367660"


def test_pound_leads_to_a_closed_office_only_when_no_open_one_waits() -> None:
    call = DryCall(at=FRIDAY_16_15)
    for key in "123456":
        call.presses(key).office_answers().presses("1").presses("0")
    assert call.presses("#").heard.startswith("State Department is closed now.")


def test_when_all_are_closed_the_caller_hears_until_when() -> None:
    call = DryCall(at=SATURDAY).presses("#")
    assert call.heard == (
        "The offices are closed and open Tuesday at 9. To leave a voicemail now, press pound. For the list, 0."
    )
    call.presses("#")
    assert call.dials is not None
    assert DryCall(at=SATURDAY).presses("#9").heard.startswith("Las oficinas están cerradas y abren el martes a las 9.")


def test_a_list_of_closed_offices_says_so_once() -> None:
    assert (
        "The offices are closed now. For the best available office, press pound. Or choose one. Eau Claire, press 1."
        in (DryCall(at=SATURDAY).heard)
    )


def test_a_holiday_is_told_as_one() -> None:
    assert (
        DryCall(at=CHRISTMAS)
        .presses("#")
        .heard.startswith("Today is a federal holiday, so offices are closed until Tuesday at 9.")
    )


def test_offices_that_never_open_name_no_time() -> None:
    closed = [replace(o, calendar=replace(o.calendar, week=((),) * 7)) for o in campaign().offices]
    call = DryCall(campaign(offices=tuple(closed))).presses("#")
    assert call.heard.startswith("The offices are closed now. To leave a voicemail")


def test_a_full_office_gives_way_to_the_next() -> None:
    call = DryCall().knowing(madison=OfficeFacts(live_legs=2)).presses("4")
    assert call.heard == (
        "Two callers are on with Madison right now. Eau Claire is free: press pound. For the list, 0."
    )
    one = DryCall(campaign(limits=Limits(live_legs_per_office=1))).knowing(madison=OfficeFacts(live_legs=1))
    assert one.presses("4").heard.startswith("One caller is on with Madison right now.")
    many = DryCall().knowing(madison=OfficeFacts(live_legs=12)).presses("4")
    assert many.heard.startswith("12 callers are on with Madison right now.")


def test_an_office_called_often_enough_today_gives_way_to_another() -> None:
    today = DryCall().scene.today
    call = DryCall().knowing(madison=OfficeFacts(my_day=today, my_bridges_on_day=3)).presses("4")
    assert call.heard == (
        "You have called Madison 3 times today, so let's try another. Eau Claire is next: press pound. For the list, 0."
    )


def test_without_memory_the_call_itself_counts_the_limit() -> None:
    call = DryCall(known=False)
    for _ in range(3):
        call.presses("4").office_answers().presses("3")
    assert call.presses("4").step == "limit"


def test_a_call_has_a_limit_of_bridges_and_of_minutes() -> None:
    call = DryCall(campaign(limits=Limits(bridges_per_call=1))).presses("4").office_answers().presses("1")
    assert call.is_over
    assert call.notes[-1] == Ending(EndReason.CALL_LIMIT)
    assert DryCall().later(60).presses("4").is_over


def test_a_returning_supporter_is_told_which_offices_were_reached() -> None:
    call = DryCall(advice=returning(madison=OfficeFacts(my_reached=True)))
    assert call.heard == (
        "Welcome back. You already called Madison. Next: Eau Claire. To call it, press pound. For the list, 0."
    )
    assert "Calling Eau Claire." in call.presses("#").heard
    two = returning(madison=OfficeFacts(my_reached=True), wausau=OfficeFacts(my_reached=True))
    assert "You already called Madison and Wausau." in DryCall(advice=two).heard
    cities = ("eau_claire", "green_bay", "la_crosse", "madison")
    many = returning(**{city: OfficeFacts(my_reached=True) for city in cities})
    assert "You already called 4 offices." in DryCall(advice=many).heard
    tried = returning(madison=OfficeFacts(my_tried_at=TUESDAY_10))
    assert DryCall(advice=tried).heard.startswith("Welcome back. Next: Eau Claire.")


def test_whoever_hung_up_before_calling_an_office_is_greeted_as_new() -> None:
    assert DryCall(advice=returning()).heard.startswith("Welcome to the test line.")


def test_one_who_has_reached_all_may_call_again() -> None:
    everything = {office.id: OfficeFacts(my_reached=True) for office in campaign().offices}
    call = DryCall(advice=Advice(offices=everything, memory=Memory("en", patient=False)))
    assert call.heard.startswith("Welcome back. You have reached all 7 offices, and calling again still helps.")
    assert "Eau Claire, press 1." in DryCall(advice=call.scene.advice).presses("0").heard
    assert call.presses("#").dials is not None


def test_language_and_patience_are_remembered() -> None:
    spanish = Advice(memory=Memory("es", patient=True))
    for whole in (campaign(), campaign(welcomes_back=False)):
        call = DryCall(whole, advice=spanish)
        assert call.heard.startswith("Línea de prueba.")
        assert call.gathers.timeout_s == 15
    assert DryCall(campaign(languages=("en",)), advice=spanish).heard.startswith("Welcome to the test line.")


def test_a_campaign_may_greet_everybody_as_new() -> None:
    call = DryCall(campaign(welcomes_back=False), advice=returning(madison=OfficeFacts(my_reached=True)))
    assert call.heard.startswith("Welcome to the test line.")
    assert "Madison, 4." in call.heard


@pytest.mark.parametrize(
    ("status", "words", "reason"),
    [
        (CampaignStatus.ENDED, "This campaign has ended.", EndReason.CAMPAIGN_ENDED),
        (CampaignStatus.PAUSED, "This line is paused for now.", EndReason.CAMPAIGN_PAUSED),
    ],
)
def test_a_campaign_that_takes_no_calls_says_so(status: CampaignStatus, words: str, reason: EndReason) -> None:
    call = DryCall(advice=Advice(status))
    assert call.is_over
    assert call.heard.startswith(words)
    assert call.notes == [Ending(reason)]


def test_a_blocked_caller_hears_one_sentence_whatever_the_campaign_does() -> None:
    for status in CampaignStatus:
        call = DryCall(advice=Advice(status, is_blocked=True))
        assert call.is_over
        assert call.heard == "Sorry, we cannot put this call through. Goodbye."
        assert call.notes == [Ending(EndReason.BLOCKED)]


def test_the_last_day_counts_whole_in_the_campaigns_zone_and_a_call_that_began_then_goes_on() -> None:
    last = replace(campaign(), ends_on=date(2017, 12, 22))
    late = datetime(2017, 12, 23, 5, 59, 59, tzinfo=UTC)  # a second before midnight in Wisconsin
    call = DryCall(last, at=late).later(30).presses("#")
    assert "The offices are closed" in call.heard
    assert call.presses("#").dials is not None
    over = DryCall(last, at=late + timedelta(seconds=1))
    assert (over.heard, over.is_over) == ("This campaign has ended. Thank you for taking part. Goodbye.", True)
    assert over.notes == [Ending(EndReason.CAMPAIGN_ENDED)]
    paused = DryCall(last, at=CHRISTMAS, advice=Advice(status=CampaignStatus.PAUSED))
    assert paused.heard == over.heard


def test_a_campaign_paused_during_a_call_dials_no_more() -> None:
    call = DryCall()
    call.scene = replace(call.scene, advice=Advice(CampaignStatus.PAUSED))
    assert call.presses("4").is_over


def test_the_office_sees_the_campaigns_number_by_choice_or_for_a_withheld_caller() -> None:
    assert [
        DryCall(of, known=known).presses("4").dials.hide_caller  # type: ignore[union-attr]  # a digit dials
        for of in (campaign(), campaign(caller_id=CallerId.CAMPAIGN))
        for known in (True, False)
    ] == [False, True, True, True]


def test_patient_callers_may_talk_longer() -> None:
    calm, patient = DryCall().presses("4").dials, DryCall().presses("00").presses("4").dials
    assert calm is not None
    assert patient is not None
    assert (calm.talk_s, patient.talk_s, calm.ring_s) == (1200, 1800, 30)


def test_more_than_seven_offices_are_paged_by_seven() -> None:
    call = DryCall(many_offices(15))
    assert "Town 6, 6. More offices, 7." in call.heard
    assert "Town 7, press 1." in call.presses("7").heard
    assert "Town 13, press 1." in call.presses("7").heard
    assert call.presses("5").heard.startswith("That key is not used here.")
    assert "Town 15 office" in call.presses("3").heard
    back = call.office_is(LineResult.BUSY).presses("0")
    assert "Town 1, press 1." in back.heard


def test_a_failed_office_is_not_offered_but_its_digit_still_calls_it() -> None:
    call = DryCall().knowing(eau_claire=OfficeFacts(hidden=True)).presses("#")
    assert "Green Bay" in call.heard
    assert DryCall().knowing(eau_claire=OfficeFacts(hidden=True)).presses("1").dials is not None


def test_when_every_office_failed_pound_tries_one_all_the_same() -> None:
    hidden = {office.id: OfficeFacts(hidden=True) for office in campaign().offices}
    assert DryCall(advice=Advice(offices=hidden)).presses("#").dials is not None


def test_when_no_office_can_be_suggested_the_caller_hears_so() -> None:
    today = DryCall().scene.today
    often = {office.id: OfficeFacts(my_day=today, my_bridges_on_day=3) for office in campaign().offices}
    call = DryCall(advice=Advice(offices=often)).presses("#")
    assert call.heard == ("There is no further office to suggest right now. For the list, press 0. To finish, hang up.")
    assert call.presses("#").heard.startswith("There is no further office")


def test_when_every_office_is_full_none_is_said_to_be_free() -> None:
    full = {office.id: OfficeFacts(live_legs=2) for office in campaign().offices}
    call = DryCall(advice=Advice(offices=full)).presses("4")
    assert call.heard == ("Two callers are on with Madison right now. For the list, press 0. To finish, hang up.")


def test_why_an_office_was_picked_is_kept_and_a_digit_has_no_reasons() -> None:
    picked = DryCall(area_code="414").presses("#").notes[-1]
    assert isinstance(picked, LegPlanned)
    assert picked.office == "milwaukee"
    assert picked.reasons[:2] == ("open", "not called yet")
    assert "near" in picked.reasons
    chosen = DryCall().presses("4").notes[-1]
    assert chosen == LegPlanned(2, "madison", "+16082645338", most_live=2)


def test_what_a_step_does_not_expect_leads_to_its_prompt_again() -> None:
    call = DryCall().happens(DialEnded(LineResult.BUSY))
    assert call.step == "welcome"
    assert call.happens(Started()).step == "welcome"


@pytest.mark.parametrize("keys", ["4", "4#"])
@pytest.mark.parametrize("event", [Started(), Spoke("Madison"), Silence()])
def test_what_a_dial_does_not_expect_never_dials_again(keys: str, event: Event) -> None:
    call = DryCall().presses(keys).happens(event)
    assert call.dials is None
    assert call.step == "menu"


def test_the_script_in_the_list_is_the_campaigns_even_after_an_offer_with_its_own() -> None:
    call = DryCall(area_code="202")
    for key in "123456":
        call.presses(key).office_is(LineResult.BUSY)
    assert "To try State Department now" in call.heard
    assert "The desk's own script." in DryCall.presses(call, "8").heard
    assert "Please act!" in call.presses("#").presses("8").heard


@pytest.mark.parametrize("keys", ["8#", "8*"])
def test_the_script_within_the_outcome_question_comes_back_to_it(keys: str) -> None:
    call = DryCall().presses("4").office_answers().presses(keys)
    assert call.step == "outcome"
    assert DryCall().presses("4").office_answers().presses("8").is_silent().step == "outcome"
    assert call.presses("1").notes[-1] == OutcomeReported(2, "madison", Outcome.SPOKE, reached=True)


def test_more_time_for_the_outcome_question_keeps_the_question() -> None:
    call = DryCall().presses("4").office_answers().presses("00")
    assert call.step == "outcome"
    assert call.gathers.timeout_s == 15


def test_a_later_failure_does_not_unreach_an_office_of_an_earlier_call() -> None:
    call = DryCall(advice=returning(madison=OfficeFacts(my_reached=True))).presses("4").office_answers().presses("3")
    assert call.notes[-1] == OutcomeReported(2, "madison", Outcome.UNREACHED, reached=True)
    assert "That's 1 of 7." in call.heard


def test_calling_again_after_all_were_reached_goes_on() -> None:
    everything = {office.id: OfficeFacts(my_reached=True) for office in campaign().offices}
    call = DryCall(advice=Advice(offices=everything, memory=Memory("en", patient=False)))
    call.presses("4").office_answers().presses("1")
    assert call.heard == "Thank you. That's 7 of 7. For the list, press 0. To finish, hang up."


def test_a_campaign_with_one_office_speaks_of_one() -> None:
    single = campaign(offices=campaign().offices[:1])
    done = Advice(offices={"eau-claire": OfficeFacts(my_reached=True)}, memory=Memory("en", patient=False))
    assert "You have reached Eau Claire, and calling again still helps." in DryCall(single, advice=done).heard
    assert DryCall(single).presses("#").office_answers().presses("1").heard == (
        "Thank you. Call again tomorrow; it still counts. Goodbye."
    )


def test_help_with_many_offices_tells_how_to_turn_the_page() -> None:
    assert "A number from 1 to 6 calls that office." in DryCall(many_offices(15)).presses("00").heard
    assert "7 is for more offices." in DryCall(many_offices(15)).presses("00").heard


def test_a_state_of_an_unknown_step_goes_on_at_the_menu() -> None:
    call = DryCall()
    call.scene = replace(call.scene, state=call.scene.state.at("of_another_release"))
    assert call.is_silent().step == "menu"
