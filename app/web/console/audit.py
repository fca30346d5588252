"""The audit: who did what, when and why."""

from collections.abc import Mapping

from flask import render_template, request
from werkzeug.wrappers import Response

from app.domain.audit import Deed
from app.domain.roles import Act
from app.services import audit as service
from app.store.audit import Wanted
from app.web.console.guard import allows, console
from app.web.console.visit import by
from app.web.parts import desk


@console.get("/audit")
@allows(Act.SEE_AUDIT)
def audit() -> str:
    """List the entries, the latest first."""
    wanted = _wanted(request.args)
    kept, more = service.audit_page(desk(), wanted, request.args.get("before", type=int))
    choices = {
        "deed": ("What", "Everything", [deed.value for deed in Deed]),
        "who": ("Who", "Everybody", service.audit_names(desk())),
        "campaign": ("Campaign", "All", service.audit_campaigns(desk())),
    }
    return render_template("console/audit.html", kept=kept, more=more, wanted=wanted, choices=choices)


@console.post("/audit/export")
@allows(Act.SEE_AUDIT)
def export_audit() -> Response:
    """Stream the entries that the form asks for, as CSV."""
    answer = Response(service.export_audit(desk(), by(), _wanted(request.form)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return answer


@console.get("/audit/check")
@allows(Act.SEE_AUDIT)
def check_audit() -> str:
    """Read all of the audit, and say whether anything in it was changed."""
    return render_template("console/audit_check.html", checked=service.check_audit(desk()))


def _wanted(given: Mapping[str, str]) -> Wanted:
    return Wanted(given.get("deed", ""), given.get("who", ""), given.get("campaign", ""))
