"""What the carrier says by itself while Patchline is down: two documents that never change, hosted elsewhere.

They keep no state, so the first cannot know whether its caller has talked with an office already: it rings none unless
the caller asks for it by a key, which leads to the second.
"""

from app.domain.campaigns import Campaign
from app.domain.offices import Office
from app.domain.phone_numbers import digits_to_say
from app.domain.verbs import Dial, Gather, Hangup, Say, Speech, Verb
from app.flow.prompts import P, say, sentence

_WAIT_S = 10


def offer(campaign: Campaign, office: Office) -> tuple[Verb, ...]:
    """An apology in each language and an offer that any key takes; silence ends in the office's number."""
    offered = tuple(say(code, *_sorry(code), _about(code, P.FALLBACK_CONNECT, office)) for code in campaign.languages)
    return (Gather(offered, _WAIT_S, campaign.languages[0], falls_through=True), *_by_hand(campaign, office))


def apology_alone(campaign: Campaign, office: Office) -> tuple[Verb, ...]:
    """The same without an offer: the office's number, for callers to call it themselves."""
    return (*(say(code, *_sorry(code)) for code in campaign.languages), *_by_hand(campaign, office))


def connection(campaign: Campaign, office: Office) -> tuple[Verb, ...]:
    """Ring the office once, which sees the campaign's number: that is right for callers who withhold theirs, too."""
    first, limits = campaign.languages[0], campaign.limits
    dial = Dial(office.number, office.extension, True, limits.ring_seconds, limits.talk_minutes * 60, 0)
    goodbyes = (say(code, sentence(code, P.FALLBACK_BYE)) for code in campaign.languages)
    return (say(first, _about(first, P.FALLBACK_CALLING, office)), dial, *goodbyes, Hangup())


def _sorry(code: str) -> tuple[Speech, Speech]:
    return sentence(code, P.FAULT), sentence(code, P.FALLBACK_DONE)


def _by_hand(campaign: Campaign, office: Office) -> tuple[Verb, ...]:
    number = digits_to_say(office.number)
    return (*(_last_words(code, office, number) for code in campaign.languages), Hangup())


def _last_words(code: str, office: Office, number: str) -> Say:
    told = sentence(code, P.FAULT_NUMBER, office=office.spoken(code), number=number)
    return say(code, told, sentence(code, P.FALLBACK_BYE))


def _about(code: str, prompt: P, office: Office) -> Speech:
    return sentence(code, prompt, office=office.spoken(code))
