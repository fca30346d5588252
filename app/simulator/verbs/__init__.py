"""How each TwiML verb is played on a line."""

from app.simulator.verbs.play import play_document

__all__ = ["play_document"]
