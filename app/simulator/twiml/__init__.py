"""Strict reading of TwiML into frozen values."""

from app.simulator.twiml.fault import CarrierFault, TwimlFault
from app.simulator.twiml.parse import parse

__all__ = ["CarrierFault", "TwimlFault", "parse"]
