"""`patchline doctor`: what is wrong with this installation, and what to do about it."""

import sys

import click

from app.cli.context import BadSettings, Refused, load_settings, open_app_context
from app.services.doctor.examine import Installation, examine
from app.services.doctor.finding import Finding, Verdict, wrong


@click.command()
def doctor() -> None:
    """Check settings, database, carrier, webhooks and clock, and say what to do about each fault.

    No call is made and no setting is changed. The exit status is 1 if anything is wrong.
    """
    try:
        load_settings()
    except BadSettings as error:
        for line in error.message.splitlines():
            _show("settings", wrong(line, "Correct it in .env or the environment; .env.example explains each."))
        raise Refused("The settings cannot be used, so nothing else was looked at.") from None
    verdicts = []
    with open_app_context() as context:
        it = Installation(context.settings, context.database, context.keys, context.clock)
        for name, finding in examine(it):
            _show(name, finding)
            verdicts.append(finding.verdict)
    count, looks = verdicts.count(Verdict.WRONG), verdicts.count(Verdict.LOOK)
    click.echo(f"{len(verdicts)} looked at: {count} wrong, {looks} to look at.")
    if count:
        sys.exit(1)


def _show(name: str, finding: Finding) -> None:
    click.echo(f"{finding.verdict:<8} {name}: {finding.what}")
    if finding.remedy:
        for line in finding.remedy.splitlines():
            click.echo(f"         {line}")
