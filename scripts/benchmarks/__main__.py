"""Runs the benchmarks: `scripts/bench --help`."""

import sys

if __name__ == "__main__":
    # Not above: each driver process imports this module too, and needs none of it.
    from scripts.benchmarks.command import main

    sys.exit(main())
