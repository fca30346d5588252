"""The pictures in docs/images, which `scripts/screenshots` makes of a demo that is the same each time."""
