"""Calls made on the phone in the browser: the simulator's, step by step, for somebody who listens and presses keys."""

from app.services.rehearsals.asked import ActAsked, CallAsked, RehearsalError
from app.services.rehearsals.registry import Rehearsals, UnknownRehearsal
from app.services.rehearsals.rehearsal import Rehearsal
from app.services.rehearsals.view import view_of
from app.services.rehearsals.world import world

__all__ = ["ActAsked", "CallAsked", "Rehearsal", "RehearsalError", "Rehearsals", "UnknownRehearsal", "view_of", "world"]
