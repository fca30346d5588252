"""What somebody should look at: offices that fail or take no more messages, a summary that loses callers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.domain.documents import Level, meter
from app.domain.languages import LANGUAGE_WORDS
from app.domain.results import LineResult, Outcome
from app.services.call_log import CallLog
from app.services.desk import Desk
from app.services.figures import Figures
from app.services.figures_charts import share
from app.services.figures_prompts import WITH_SUMMARY
from app.services.figures_words import counted
from app.store.live import Trouble, troubles

# One caller in five, of so many that it is no chance.
_LOST_PART, _LOST_OF = 5, 20


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to look at, and the wishes by which the call log lists the calls behind it, if there are any."""

    kind: str
    text: str
    wishes: Mapping[str, str] | None = None


def read_alerts(desk: Desk, log: CallLog, figures: Figures) -> list[Alert]:
    """What to look at, the worst first."""
    with desk.database.read() as connection:
        found = troubles(connection, log.id, desk.clock.now())
    return [*alerts_of_offices(log, figures, found), *alerts_of_summary(log, figures)]


def alerts_of_offices(log: CallLog, figures: Figures, found: Mapping[int, Trouble]) -> Iterator[Alert]:
    """Offices to which calls fail, those that # avoids for it, and those whose mailbox may be full."""
    failed = {log.labels[slug]: figures.failed.get(number, 0) for slug, number in log.offices.items()}
    if any(failed.values()):
        worst = sorted(failed.items(), key=lambda each: -each[1])
        told = ", ".join(f"{label} {'once' if n == 1 else f'{n} times'}" for label, n in worst if n)
        yield Alert("bad", f"Calls to offices failed: {told}.", {"line": LineResult.FAILED.value})
    if avoided := [log.labels[slug] for slug, number in log.offices.items() if _of(found, number).is_failed]:
        them = "its number" if len(avoided) == 1 else "their numbers"
        yield Alert("bad", f"# avoids {', '.join(avoided)} until somebody has checked {them}: calls failed there.")
    for slug, number in log.offices.items():
        if _of(found, number).may_be_full:
            text = f"{log.labels[slug]}: the mailbox may be full. Two callers could not get through in half an hour."
            yield Alert("warn", text, {"office": slug, "outcome": Outcome.UNREACHED.value})


def _of(found: Mapping[int, Trouble], number: int) -> Trouble:
    return found.get(number, Trouble())


def alerts_of_summary(log: CallLog, figures: Figures) -> Iterator[Alert]:
    """A summary during which many hang up, and one that is longer than is advised."""
    lost = sum(sum(figures.left.get(prompt, {}).values()) for prompt in WITH_SUMMARY)
    if figures.over >= _LOST_OF and lost * _LOST_PART >= figures.over:
        callers = f"{counted(lost, 'caller')} ({share(lost, figures.over)})"
        yield Alert("warn", f"{callers} hung up during the welcome and the summary: a shorter one would keep more.")
    for language, text in log.campaign.summary.items():
        if (measured := meter(text)).level is not Level.GOOD:
            seconds = f"{measured.seconds:.0f} s in {LANGUAGE_WORDS.get(language, language)}"
            yield Alert("warn", f"The summary takes {seconds}; up to {measured.advised_s} s keeps callers on the line.")
