"""The transcripts in the docs are what the stories sound like today."""

from pathlib import Path

import pytest

from scripts.transcribe import PAGES, STORIES, story_page

NAMES = sorted(story.stem for story in STORIES.glob("*.call"))


@pytest.mark.parametrize("name", NAMES)
def test_a_story_sounds_as_its_page_says(name: str, tmp_path: Path) -> None:
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    assert story_page(STORIES / f"{name}.call", tmp_path) == page, "Run .venv/bin/python scripts/transcribe.py"


def test_every_page_has_its_story() -> None:
    assert sorted(page.stem for page in PAGES.glob("*.md")) == NAMES
