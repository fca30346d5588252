"""The carrier's side: reading and checking webhooks, writing TwiML."""
