"""The real server: what `scripts/run` starts."""
