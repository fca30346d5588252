"""`python -m scripts.soaking`: what `scripts/soak` runs."""

from scripts.soaking.command import main

if __name__ == "__main__":
    raise SystemExit(main())
