"""Calls saved in the browser phone and dropped here: each goes as it went when it was saved."""

from pathlib import Path

import pytest

from scripts.transcribe import story_page

SAVED = sorted(Path(__file__).parent.glob("*.call"))


@pytest.mark.parametrize("saved", SAVED, ids=lambda saved: saved.stem)
def test_a_saved_call_goes_as_it_went(saved: Path, tmp_path: Path) -> None:
    assert "ends" in story_page(saved, tmp_path)
