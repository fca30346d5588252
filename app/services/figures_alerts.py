"""What somebody should look at: offices that fail or take no more messages, a summary that loses callers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.domain.campaigns import Campaign
from app.domain.documents import Level, meter
from app.domain.languages import LANGUAGE_WORDS
from app.domain.results import LineResult, Outcome
from app.flow.summary import WITH_SUMMARY
from app.services.call_log import CallLog
from app.services.desk import Desk
from app.services.figures import Figures
from app.services.figures_charts import share
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


@dataclass(frozen=True, slots=True)
class OfficeTrouble:
    """What is the matter with an office: `failed` are the calls to it that failed in the days that are looked at."""

    slug: str
    label: str
    failed: int
    trouble: Trouble


def read_alerts(desk: Desk, log: CallLog, figures: Figures) -> list[Alert]:
    """What to look at, the worst first."""
    with desk.database.read() as connection:
        found = troubles(connection, log.id, desk.clock.now())
    offices = [
        OfficeTrouble(slug, log.labels[slug], figures.failed.get(number, 0), found.get(number, Trouble()))
        for slug, number in log.offices.items()
    ]
    lost = sum(sum(figures.left.get(prompt, {}).values()) for prompt in WITH_SUMMARY)
    return [*alerts_of_offices(offices), *alerts_of_summary(log.campaign, lost, figures.over)]


def alerts_of_offices(offices: Sequence[OfficeTrouble]) -> Iterator[Alert]:
    """Offices to which calls fail, those that # avoids for it, and those whose mailbox may be full."""
    if failing := sorted((office for office in offices if office.failed), key=lambda office: -office.failed):
        told = ", ".join(f"{each.label} {'once' if each.failed == 1 else f'{each.failed} times'}" for each in failing)
        yield Alert("bad", f"Calls to offices failed: {told}.", {"line": LineResult.FAILED.value})
    if avoided := [office.label for office in offices if office.trouble.is_failed]:
        them = "its number" if len(avoided) == 1 else "their numbers"
        yield Alert("bad", f"# avoids {', '.join(avoided)} until somebody has checked {them}: calls failed there.")
    for office in offices:
        if office.trouble.may_be_full:
            text = f"{office.label}: the mailbox may be full. Two callers could not get through in half an hour."
            yield Alert("warn", text, {"office": office.slug, "outcome": Outcome.UNREACHED.value})


def alerts_of_summary(campaign: Campaign, lost: int, over: int) -> Iterator[Alert]:
    """A summary during which `lost` of the callers who are gone hung up, and one that is longer than is advised."""
    if over >= _LOST_OF and lost * _LOST_PART >= over:
        callers = f"{counted(lost, 'caller')} ({share(lost, over)})"
        yield Alert("warn", f"{callers} hung up during the welcome and the summary: a shorter one would keep more.")
    for language, text in campaign.summary.items():
        if (measured := meter(text)).level is not Level.GOOD:
            seconds = f"{measured.seconds:.0f} s in {LANGUAGE_WORDS.get(language, language)}"
            yield Alert("warn", f"The summary takes {seconds}; up to {measured.advised_s} s keeps callers on the line.")
