"""The phone's page against a made-up hotline: time, keys, sound and faults."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.fake_phone import BUSY, GREETING, FakePhone

NO_VOICE = "delete window.speechSynthesis; delete window.SpeechSynthesisUtterance; delete window.AudioContext;"

# A synthesis with both voices that notes what it is told to say and stays on it until the test ends it.
VOICES = """
  window.said = [];
  const voice = (lang) => ({ lang, name: lang, localService: true });
  class Utterance { constructor(text) { this.text = text; } set voice(voice) { this.chosen = voice; } }
  window.SpeechSynthesisUtterance = Utterance;
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => [voice("de-DE"), voice("es-ES"), voice("es_MX"), voice("en-US")],
    speak(spoken) {
      window.said.push([spoken.text.trim(), spoken.chosen.lang, spoken.rate]);
      window.spoken = spoken;
      spoken.onstart();
    },
    cancel() { window.canceled = (window.canceled ?? 0) + 1; }, pause() {}, resume() {},
  } });
"""


@pytest.fixture
def fake() -> FakePhone:
    return FakePhone()


@pytest.fixture
def phone(open_page: OpenPage, site: str, fake: FakePhone) -> Page:
    return ready(open_page, site, fake)


def ready(open_page: OpenPage, site: str, fake: FakePhone, before: str = "") -> Page:
    page = open_page("about:blank", before=before)
    fake.serve(page)
    page.goto(f"{site}/phone/")
    expect(page.get_by_role("status")).to_have_text("Ready to call")
    return page


def said(page: Page, count: int) -> list[tuple[str, str, float]]:
    """What the voice was told to say, once it was that many times."""
    while len(spoken := page.evaluate("window.said")) < count:
        page.wait_for_timeout(20)
    return [tuple(one) for one in spoken]


def status(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("status")).to_have_text(text)


def test_a_call_goes_on_by_itself_and_ends_with_the_button(phone: Page, fake: FakePhone) -> None:
    phone.get_by_role("button", name="Call", exact=True).click()
    status(phone, "Your turn: press a key or say something")
    phone.get_by_role("button", name="4 GHI").click()
    status(phone, "Madison rings")
    phone.get_by_role("button", name="Hang up").click()
    status(phone, "Call over: the supporter hangs up")
    assert fake.acts[0] == {"act": "wait", "elapsed": fake.greeting_seconds}
    assert [act["act"] for act in fake.acts] == ["wait", "press", "hang-up"]
    expect(phone.get_by_role("button", name="Call again")).to_be_focused()
    assert fake.dialed["at"] == "2017-12-19T10:00"
    assert fake.dialed["offices"] == {"Madison": {"manner": "answers", "after": 6, "talk": 40}}


def test_a_key_interrupts_the_prompt_where_it_was(open_page: OpenPage, site: str, fake: FakePhone) -> None:
    fake.greeting_seconds = 20
    page = ready(open_page, site, fake)
    page.keyboard.press("Enter")
    status(page, "The hotline speaks; a key interrupts it")
    page.keyboard.press("4")
    status(page, "Madison rings")
    assert fake.acts[0]["key"] == "4"
    assert 0 < fake.acts[0]["elapsed"] < 10


def test_the_keyboard_alone_makes_a_call(phone: Page, fake: FakePhone) -> None:
    phone.keyboard.press("Enter")
    status(phone, re.compile("The hotline speaks|Your turn"))
    for key in "0123456789*#":
        phone.keyboard.press(key)
    phone.keyboard.press("Escape")
    status(phone, re.compile("Call over"))
    pressed = [act["key"] for act in fake.acts if act["act"] == "press"]
    assert "".join(pressed) == "0123456789*#"


def test_tab_reaches_every_control_in_the_order_of_the_page(phone: Page) -> None:
    reached: list[str] = []
    while (reached[-1:] or [""]) != ["webhooks"]:
        phone.keyboard.press("Tab")
        reached.append(phone.evaluate("document.activeElement.id || document.activeElement.dataset.key || ''"))
        assert len(reached) < 80
        ring = phone.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring == "solid" or reached[-1] == "", reached
    controls = ["theme-choice", "campaign", "transcript", *"123456789*0#", "call", "computer-keys", "aloud", "at"]
    # A field of a date has a stop for each of its parts.
    assert [one for one in dict.fromkeys(reached) if one in controls] == controls


def test_fields_keep_their_keys_and_the_computers_keys_can_be_turned_off(phone: Page, fake: FakePhone) -> None:
    phone.keyboard.press("Enter")
    status(phone, re.compile("Your turn"))
    phone.get_by_label("Say something").fill("4")
    phone.get_by_label("Say something").press("5")
    phone.get_by_role("checkbox", name="computer’s keys").uncheck()
    phone.keyboard.press("6")
    phone.keyboard.press("Escape")
    phone.get_by_label("Say something").press("Enter")
    status(phone, re.compile("The hotline speaks|Your turn"))
    assert next(act for act in fake.acts if act["act"] != "wait")["text"] == "45"
    assert not [act for act in fake.acts if act["act"] in {"press", "hang-up"}]


def test_a_paused_call_stands_still(phone: Page, fake: FakePhone) -> None:
    phone.keyboard.press("Enter")
    phone.get_by_role("button", name="Pause").click()
    status(phone, re.compile("^Paused"))
    stood = phone.locator("#timer").inner_text()
    phone.wait_for_timeout(1500)
    assert phone.locator("#timer").inner_text() == stood
    assert fake.acts == []
    phone.get_by_role("button", name="Resume").click()
    status(phone, re.compile("^Your turn"))


def test_at_once_hurries_prompts_but_not_the_supporter(phone: Page, fake: FakePhone) -> None:
    fake.greeting_seconds = 300
    phone.get_by_role("radio", name="At once").check()
    phone.get_by_role("button", name="Call", exact=True).click()
    status(phone, re.compile("^Your turn"))
    phone.wait_for_timeout(700)
    assert [act["elapsed"] for act in fake.acts] == [300]
    phone.get_by_role("button", name="Stay silent").click()
    status(phone, re.compile("^Your turn"))


def test_prompts_are_read_sentence_by_sentence_in_their_own_language(
    open_page: OpenPage, site: str, fake: FakePhone
) -> None:
    page = ready(open_page, site, fake, VOICES)
    page.get_by_role("radio", name="1.5×").check()
    page.get_by_role("button", name="Call", exact=True).click()
    said(page, 1)
    page.evaluate("spoken.onend()")
    page.evaluate("spoken.onboundary({ charIndex: 12 })")
    expect(page.locator(".bubble-unsaid")).to_have_text("press 4. To finish, hang up.")
    page.keyboard.press("4")
    assert said(page, 3) == [
        ("Welcome to the line.", "en-US", 1.5),
        ("For Madison, press 4.", "en-US", 1.5),
        (BUSY, "es_MX", 1.5),
    ]
    assert page.evaluate("window.canceled") >= 1
    heard = len("Welcome to the line. ") + 12
    assert fake.acts[0]["elapsed"] == pytest.approx(fake.greeting_seconds * heard / len(GREETING), 0.02)
    assert page.locator(".bubble-words[lang=es-MX]").inner_text() == BUSY


def test_muting_a_prompt_goes_on_in_silence(open_page: OpenPage, site: str, fake: FakePhone) -> None:
    page = ready(open_page, site, fake, VOICES)
    page.get_by_role("button", name="Call", exact=True).click()
    said(page, 1)
    page.get_by_role("button", name="Mute").click()
    status(page, re.compile("^Your turn"))
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")
    assert len(said(page, 1)) == 1


def test_the_page_is_whole_without_any_voice(open_page: OpenPage, site: str, fake: FakePhone) -> None:
    page = ready(open_page, site, fake, NO_VOICE)
    page.get_by_role("button", name="Call", exact=True).click()
    expect(page.get_by_text("This browser has no voice for en-US")).to_be_visible()
    status(page, re.compile("^Your turn"))
    page.keyboard.press("4")
    expect(page.get_by_role("log")).to_contain_text("Madison rings")
    expect(page.get_by_role("log")).to_contain_text(BUSY)


def test_levers_move_the_world_during_a_call(phone: Page, fake: FakePhone) -> None:
    phone.get_by_role("button", name="Call", exact=True).click()
    phone.get_by_label("Madison does").select_option("busy")
    phone.get_by_label("Webhooks").select_option("doubled")
    expect(phone.get_by_label("Date and time of the call")).to_be_disabled()
    phone.get_by_role("button", name="Hang up").click()
    status(phone, re.compile("^Call over"))
    office, webhooks = (act for act in fake.acts if act["act"] in {"office", "webhooks"})
    assert office["office"] == {"name": "Madison", "manner": "busy", "after": 2, "talk": 40}
    assert webhooks["webhooks"] == "doubled"


def test_the_same_caller_can_call_again(phone: Page, fake: FakePhone) -> None:
    phone.keyboard.press("Enter")
    status(phone, re.compile("The hotline speaks|Your turn"))
    phone.keyboard.press("Escape")
    status(phone, re.compile("^Call over"))
    phone.get_by_label("Caller").select_option("returning")
    phone.get_by_role("button", name="Call again").click()
    status(phone, re.compile("The hotline speaks|Your turn"))
    assert (fake.dialed["caller"], fake.dialed["returning_as"]) == ("returning", "token")


def test_without_javascript_the_page_names_the_other_phone(open_page: OpenPage, site: str) -> None:
    page = open_page(f"{site}/phone/", java_script_enabled=False)
    expect(page.get_by_text("This phone needs JavaScript")).to_be_visible()
    expect(page.get_by_text(".venv/bin/patchline phone")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)


def test_with_javascript_it_does_not(phone: Page) -> None:
    expect(phone.get_by_text("This phone needs JavaScript")).to_have_count(0)
