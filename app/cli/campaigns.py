"""`patchline campaigns`: campaigns as reviewable YAML files, both ways."""

from typing import BinaryIO

import click

from app.cli.campaign_summary import columns, last_day, summary
from app.cli.context import Refused, open_app_context
from app.domain.audit import COMMAND_LINE
from app.domain.campaigns import CampaignStatus
from app.domain.documents import campaign_warnings
from app.services.campaign_files import CampaignFileError, parse_campaign_file, render_campaign_file
from app.services.campaigns import (
    change_status,
    export_campaign,
    import_campaign,
    list_campaigns,
    mark_checked,
    others_on_shared_number,
    show_campaign,
)
from app.services.static_fallback import UnknownOffice, chosen_office, connect_document, fallback_document
from app.services.yaml_reading import MAX_CHARACTERS

# Of UTF-8, four bytes are the most that a character takes.
_MAX_BYTES = 4 * MAX_CHARACTERS

_HOW_TO_CONNECT = """\
This tells callers the number of {office} to call by themselves. To let them press 1 for it, host what `patchline
campaigns fallback {slug} --connect` prints, and give its address here as --connect-url."""


@click.group()
def campaigns() -> None:
    """Campaigns as reviewable YAML files, both ways."""


@campaigns.command("list")
def list_command() -> None:
    """List all campaigns."""
    with open_app_context() as context:
        rows = [
            (
                listed.slug,
                listed.status,
                listed.number or context.settings.phone_number,
                str(listed.version),
                f"{listed.published_at:%Y-%m-%d %H:%M} UTC",
                last_day(show_campaign(context.database, listed.slug).document.campaign, context.clock.now()) or "-",
            )
            for listed in list_campaigns(context.database)
        ]
    for line in columns([("CAMPAIGN", "STATUS", "NUMBER", "VERSION", "PUBLISHED", "LAST DAY"), *rows]):
        click.echo(line)


@campaigns.command("show")
@click.argument("slug")
def show_command(slug: str) -> None:
    """Show a campaign: its number, status, offices and hours, and what to look at."""
    with open_app_context() as context:
        published = show_campaign(context.database, slug)
        remembers = context.keys.key(published.document.campaign.slug) is not None
        default_number, now = context.settings.phone_number, context.clock.now()
    for line in summary(published, now, default_number=default_number, remembers=remembers):
        click.echo(line)


@campaigns.command("import")
@click.argument("file", type=click.File("rb"))
def import_command(file: BinaryIO) -> None:
    """Publish the campaign of a YAML FILE, or of standard input for '-'."""
    name = getattr(file, "name", "<stdin>")
    try:
        text = file.read(_MAX_BYTES).decode("utf-8-sig")
        document = parse_campaign_file(text, name)
    except UnicodeDecodeError as error:
        raise Refused(f"{name}: The file is not text in UTF-8 (byte {error.start + 1}).") from None
    except CampaignFileError as error:
        raise Refused(str(error)) from None
    slug = document.campaign.slug
    with open_app_context() as context:
        number = context.settings.phone_number
        imported = import_campaign(
            context.database, context.keys, context.clock, document, hotline_number=number, by=COMMAND_LINE
        )
        before = [] if document.campaign.number else others_on_shared_number(context.database, context.clock, slug)
    done = f"{slug} is published" if imported.is_new else f"{slug} is unchanged: no new version"
    click.echo(f"{done}; its status is {imported.status}.")
    if before and imported.status is CampaignStatus.LIVE:
        click.echo(f"{slug} now answers {number}; no number leads to {', '.join(before)} any more.", err=True)
    for warning in campaign_warnings(document.campaign):
        click.echo(f"Please look at {warning}", err=True)


@campaigns.command("export")
@click.argument("slug")
def export_command(slug: str) -> None:
    """Write a campaign as YAML to standard output."""
    with open_app_context() as context:
        document = export_campaign(context.database, slug)
    click.echo(render_campaign_file(document), nl=False)


@campaigns.command("status")
@click.argument("slug")
@click.argument("status", type=click.Choice([each.value for each in CampaignStatus]))
def status_command(slug: str, status: str) -> None:
    """Open, pause or end a campaign; calls in progress dial no further office of a paused or ended one."""
    with open_app_context() as context:
        change_status(context.database, context.clock, COMMAND_LINE, slug, CampaignStatus(status))
        campaign, now = show_campaign(context.database, slug).document.campaign, context.clock.now()
    click.echo(f"{slug} is {status}.")
    if status != CampaignStatus.ENDED and campaign.is_over(now):
        click.echo(f"Its last day was {campaign.ends_on}, so callers hear that it has ended.", err=True)


@campaigns.command("checked")
@click.argument("slug")
def checked_command(slug: str) -> None:
    """Let # lead to offices again to which a call has failed, once somebody has checked their numbers."""
    with open_app_context() as context:
        offices = mark_checked(context.database, context.clock, COMMAND_LINE, slug)
    click.echo(f"Checked: {', '.join(offices)}." if offices else "No call to an office of this campaign has failed.")


@campaigns.command("fallback")
@click.argument("slug")
@click.option("--connect-url", default="", metavar="URL", help="Where you host the document that --connect prints.")
@click.option("--connect", is_flag=True, help="Print the document that rings the office once a caller presses 1.")
@click.option("--office", default="", metavar="SLUG", help="The office to offer, instead of the first one.")
def fallback_command(slug: str, connect_url: str, connect: bool, office: str) -> None:
    """Print what the carrier shall say while this server is down, to host elsewhere: see docs/going-live.md.

    The document never rings an office unasked: a caller may have talked with one already when the server went down.
    """
    if connect_url and not connect_url.startswith("https://"):
        raise click.BadParameter("It is the https address of the other document.", param_hint="--connect-url")
    with open_app_context() as context:
        campaign = show_campaign(context.database, slug).document.campaign
        number = campaign.number or context.settings.phone_number
    try:
        chosen = chosen_office(campaign, office)
    except UnknownOffice as error:
        raise Refused(str(error)) from None
    click.echo(
        connect_document(campaign, chosen, number) if connect else fallback_document(campaign, chosen, connect_url)
    )
    if campaign.ends_on:
        click.echo(f"This document knows no last day: take it away after {campaign.ends_on}.", err=True)
    if not connect and not connect_url:
        click.echo(_HOW_TO_CONNECT.format(slug=slug, office=chosen.label("en")), err=True)
