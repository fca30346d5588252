"""Draws docs/call-flow.md from the table of the flow: `.venv/bin/python scripts/draw_flow.py`."""

from pathlib import Path

from app.flow.diagram import diagram
from app.flow.patch_through import FLOW, GROUPS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "call-flow.md"

_TEXT = """# The flow of a call

Drawn from the table in `app/flow/patch_through.py` by `scripts/draw_flow.py`; a test compares them. What the steps in
`any_menu` have in common is drawn once from there, and so for `any_offer`; a step's own rows replace these. Key 9 (the
other language) and silence lead back to the same step and are not drawn.

```mermaid
{picture}```
"""


def page() -> str:
    """The page as it should stand in docs."""
    return _TEXT.format(picture=diagram(FLOW, GROUPS, "screen"))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
