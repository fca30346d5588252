"""What campaigns are called where several of them are named."""

from collections import Counter
from collections.abc import Mapping


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """What each campaign is called, by slug: its name, with the slug where others have the same one, or the slug."""
    counted = Counter(_alike(name) for name in names.values())
    return {slug: _called(slug, name, counted[_alike(name)]) for slug, name in names.items()}


def _called(slug: str, name: str, n: int) -> str:
    if not name.strip():
        return slug
    return name if n == 1 else f"{name} ({slug})"


def _alike(name: str) -> str:
    return " ".join(name.split()).casefold()
