"""The audit: who did what, when and why."""

from flask import render_template, request

from app.domain.audit import Deed
from app.domain.roles import Act
from app.services.audit import audit_names, audit_page, broken_entry
from app.store.audit import Wanted
from app.web.console.guard import allows, console
from app.web.parts import desk


@console.get("/audit")
@allows(Act.SEE_AUDIT)
def audit() -> str:
    """List the entries, the latest first."""
    wanted = Wanted(request.args.get("deed", ""), request.args.get("who", ""), request.args.get("campaign", ""))
    kept, more = audit_page(desk(), wanted, request.args.get("before", type=int))
    names, deeds = audit_names(desk()), [deed.value for deed in Deed]
    return render_template("console/audit.html", kept=kept, more=more, wanted=wanted, names=names, deeds=deeds)


@console.get("/audit/check")
@allows(Act.SEE_AUDIT)
def check_audit() -> str:
    """Read all of the audit, and say whether anything in it was changed."""
    return render_template("console/audit_check.html", broken=broken_entry(desk()))
