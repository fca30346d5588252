"""Benchmarks that `scripts/bench` runs: the real server under load, beside yardsticks in the same run."""
