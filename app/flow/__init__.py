"""What a caller hears and what a key leads to: pure functions over a table."""
