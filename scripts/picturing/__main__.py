"""Takes the pictures: run by scripts/screenshots."""

import sys
from pathlib import Path

from scripts.picturing.camera import chromium, photograph
from scripts.picturing.screens import SCREENS
from scripts.picturing.stage import demo

IMAGES = Path(__file__).resolve().parents[2] / "docs" / "images"


def main(wanted: list[str]) -> None:
    """Take those of the pictures whose names begin as is wanted, or all; says which are new."""
    chosen = [screen for screen in SCREENS if not wanted or screen.name.startswith(tuple(wanted))]
    if not chosen:
        raise SystemExit(f"There is no such picture. There are: {', '.join(screen.name for screen in SCREENS)}")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with demo() as ready, chromium() as browser:
        for screen in chosen:
            file, taken = IMAGES / f"{screen.name}.webp", photograph(browser, ready, screen)
            is_same = file.exists() and file.read_bytes() == taken
            file.write_bytes(taken)
            print(f"docs/images/{file.name}: {len(taken) / 1024:.0f} kB{', as it was' if is_same else ''}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
