"""Where a request to the console comes from, and who asks, as services take it."""

from flask import request

from app.domain.audit import By
from app.services.sessions import Visitor
from app.services.throttle import place_of
from app.web.console.browsers import browser_name
from app.web.console.guard import current_member
from app.web.parts import settings


def visitor() -> Visitor:
    """The network that the request comes from, and the browser."""
    return Visitor(place_of(address()), browser_name(request.user_agent.string))


def by() -> By:
    """The organizer who asks, for the audit."""
    return By(current_member().email, place_of(address()))


def address() -> str:
    """The visitor's address: what the outermost of our own proxies says, and never what a visitor writes."""
    hops = settings().trusted_proxies
    named = ",".join(request.headers.getlist("X-Forwarded-For")).split(",")
    if hops and len(named) >= hops:
        return named[-hops].strip()
    # Behind a proxy that we were not told of, everybody would seem to come from its address.
    return "" if not hops and "X-Forwarded-For" in request.headers else request.remote_addr or ""
