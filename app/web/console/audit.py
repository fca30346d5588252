"""The audit: who did what, when and why."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import render_template, request
from werkzeug.wrappers import Response

from app.domain.audit import Deed
from app.domain.roles import Act
from app.services import audit as service
from app.store.audit import Wanted
from app.web.console.guard import allows, console
from app.web.console.moments import the_organization
from app.web.console.names import campaign_name
from app.web.console.visit import by
from app.web.parts import desk

_FILTERS = ("deed", "who", "campaign", "words", "since", "until")
_LONGEST = 300


@console.get("/audit")
@allows(Act.SEE_AUDIT)
def audit() -> str:
    """List the entries, the latest first."""
    asked, errors = _asked(request.args), dict[str, str]()
    page = service.audit_page(desk(), _wanted(asked, errors), request.args.get("before", type=int))
    choices = {
        "deed": ("What", "Everything", [(deed.value, deed.value) for deed in Deed]),
        "who": ("Who", "Everybody", [(who, who) for who in service.audit_names(desk())]),
        "campaign": ("Campaign", "All", [(slug, campaign_name(slug)) for slug in service.audit_campaigns(desk())]),
    }
    return render_template("console/audit.html", page=page, asked=asked, errors=errors, choices=choices)


@console.post("/audit/export")
@allows(Act.SEE_AUDIT)
def export_audit() -> Response:
    """Stream the entries that the form asks for, as CSV."""
    answer = Response(service.export_audit(desk(), by(), _wanted(_asked(request.form), {})), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return answer


@console.get("/audit/check")
@allows(Act.SEE_AUDIT)
def check_audit() -> str:
    """Read all of the audit, and say whether anything in it was changed."""
    return render_template("console/audit_check.html", checked=service.check_audit(desk()))


def _asked(given: Mapping[str, str]) -> dict[str, str]:
    return {name: given.get(name, "").strip()[:_LONGEST] for name in _FILTERS}


def _wanted(asked: Mapping[str, str], errors: dict[str, str]) -> Wanted:
    """What is asked for; days that are none are told in `errors`, and leave nothing out."""
    since, until = (_midnight(asked, name, errors) for name in ("since", "until"))
    return Wanted(asked["deed"], asked["who"], asked["campaign"], asked["words"], since, until)


def _midnight(asked: Mapping[str, str], name: str, errors: dict[str, str]) -> datetime | None:
    """When a day begins in the organization's zone, or for `until` when it is over."""
    if not asked[name]:
        return None
    try:
        day = date.fromisoformat(asked[name]) + timedelta(days=name == "until")
        zone = ZoneInfo(the_organization().time_zone)
        return datetime.combine(day, time(), zone).astimezone(UTC)
    except (ValueError, OverflowError):
        errors[name] = "Choose a day, such as 2026-11-24. All are shown."
        return None
