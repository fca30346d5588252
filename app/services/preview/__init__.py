"""A call through a campaign as a transcript, by the real flow: for drafts, and for calls that are walked again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from app.domain.documents import meter
from app.services.call_words import MENU_WORDS
from app.services.preview.mending import Hopeless, Mended, mend
from app.services.preview.moment import read_moment, zone_of
from app.services.preview.playing import Standing, begin, choices, step_on
from app.services.preview.transcript import Choice, Missing, Preview, PreviewTurn, Spoken, minutes
from app.services.preview.walk import MOST_STEPS, OFFICE_ENDS, read_walk, step_of, step_words

__all__ = [
    "MOST_STEPS",
    "OFFICE_ENDS",
    "Choice",
    "Missing",
    "Preview",
    "PreviewTurn",
    "Spoken",
    "Walked",
    "minutes",
    "previews",
    "read_moment",
    "read_walk",
    "replay",
    "step_of",
    "step_words",
    "zone_of",
]


Sounds = Mapping[str, float]
NO_SOUNDS: Sounds = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Walked:
    """One step of a call that was made: what happened, where it led in the flow of its day, and to which office."""

    step: str
    led_to: str
    office: str = ""


def previews(document: object, walk: str, moment: datetime, sounds: Sounds = NO_SOUNDS) -> tuple[Preview, ...]:
    """The same walk in each of a document's languages: a draft may be incomplete or wrong, and is played as it is.

    `sounds` are the seconds of its recordings by their ids. A document with nothing to play gives one preview without
    turns, whose notice says why.
    """
    try:
        mended = mend(document, sounds)
    except Hopeless as why:
        return (Preview("", "", notices=(str(why),)),)
    steps = [Walked(step, "") for step in read_walk(walk)]
    if mended.campaign.is_over(moment):
        mended = replace(mended, notices=(*mended.notices, _OVER))
    return tuple(_play(mended, language, steps, moment) for language in mended.campaign.languages)


def replay(
    document: object,
    language: str,
    first_step: str,
    steps: Iterable[Walked],
    moment: datetime,
    sounds: Sounds = NO_SOUNDS,
) -> Preview:
    """A call that was made, walked again through a document as of the moment of the call; notes say where they part."""
    mended = mend(document, sounds)
    language = language if language in mended.campaign.languages else mended.campaign.languages[0]
    preview = _play(mended, language, list(steps)[:MOST_STEPS], moment)
    if first_step in (preview.turns[0].step, ""):
        return preview
    told = f"The call itself began with {MENU_WORDS.get(first_step, first_step)}: here somebody new calls."
    return replace(preview, notices=(*preview.notices, told))


def _play(mended: Mended, language: str, steps: Sequence[Walked], moment: datetime) -> Preview:
    call = begin(mended, language, moment)
    turns, walk, parted = [call.shown], "", False
    for at, step in enumerate(steps):
        further = None if call.is_over else step_on(mended, call, step.step)
        if further is None:
            turns[-1] = replace(turns[-1], note=_unused(call, [each.step for each in steps[at:]]))
            break
        call, walk = further, walk + step.step
        has_parted = step.led_to not in ("", call.shown.step)
        turns.append(call.shown if parted else replace(call.shown, note=_compared(step, call)))
        parted = parted or has_parted
    summary = mended.campaign.summary[language]
    return Preview(
        language,
        walk,
        tuple(turns),
        *(choices(call, walk) if len(walk) < MOST_STEPS else ((), ())),
        ended=call.ended or ("" if len(walk) < MOST_STEPS else _FURTHEST),
        length_s=call.said_by_s,
        notices=mended.notices,
        summary=meter("" if summary in mended.stand_ins else summary),
    )


_OVER = "At this time the last day has passed. Choose an earlier time to hear the call."
_FURTHEST = f"The preview goes no further than {MOST_STEPS} steps: start over."


def _compared(step: Walked, call: Standing) -> str:
    """How a step differs from what it led to when the call was made, if it does."""
    if step.led_to not in ("", call.shown.step):
        then, now = (MENU_WORDS.get(name, name) for name in (step.led_to, call.shown.step))
        return f"Here this call parts from the one that was made: there the caller now heard {then}, here {now}."
    if step.office not in ("", call.office):
        return f"When the call was made, this led to {step.office}; here it leads to {call.office}."
    return ""


def _unused(call: Standing, steps: Sequence[str]) -> str:
    rest = ", ".join(map(step_words, steps))
    where = "the call is over" if call.is_over else "nobody waits for it here"
    return f"Not done any more, because {where}: {rest}."
