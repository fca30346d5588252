"""Lengths in buckets: as narrow as they are said, and their median."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.lengths import bucket_of, median_s, width_s


@pytest.mark.parametrize(
    ("seconds", "bucket"), [(0, 0), (59, 59), (60, 60), (69, 60), (599, 590), (600, 600), (659, 600), (3600, 3600)]
)
def test_a_bucket_is_exact_then_ten_seconds_then_a_minute_wide(seconds: int, bucket: int) -> None:
    assert bucket_of(seconds) == bucket


@given(st.lists(st.integers(0, 100_000), max_size=30))
def test_the_median_is_the_bucket_of_the_middle_one(lengths: list[int]) -> None:
    buckets: dict[int, int] = {}
    for length in lengths:
        buckets[bucket_of(length)] = buckets.get(bucket_of(length), 0) + 1
    median = median_s(buckets)
    if not lengths:
        assert median is None
        return
    middle = sorted(lengths)[(len(lengths) - 1) // 2]
    assert median is not None
    assert median <= middle < median + width_s(median)
