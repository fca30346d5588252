"""The organizers' console: every page declares whom it is for, and forms carry a token."""
