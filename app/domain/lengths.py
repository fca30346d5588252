"""Lengths of time in buckets: exact to the second below a minute, to 10 seconds below ten minutes, then to the minute.

So a median over any number of calls is read off a few rows, and is as precise as it needs to be said. The database
sorts into the same buckets (migrations/figure_triggers.py).
"""

from collections.abc import Mapping

# Below each of these many seconds, buckets are so wide.
_WIDTHS = ((60, 1), (600, 10))
_WIDEST_S = 60


def width_s(seconds: int) -> int:
    """How wide the bucket of a length is."""
    return next((width for below, width in _WIDTHS if seconds < below), _WIDEST_S)


def bucket_of(seconds: int) -> int:
    """The second at which the bucket of a length begins."""
    return seconds - seconds % width_s(seconds)


def median_s(buckets: Mapping[int, int]) -> int | None:
    """The bucket of the median of so many lengths a bucket, the lower of two in the middle; None of nothing."""
    middle = (sum(buckets.values()) + 1) // 2
    passed = 0
    for bucket in sorted(buckets):
        passed += buckets[bucket]
        if passed >= middle > 0:
            return bucket
    return None
