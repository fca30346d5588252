"""Plain facts and rules: no I/O, no framework; the standard library, phonenumbers and holidays only."""
