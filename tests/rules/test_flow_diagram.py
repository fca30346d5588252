"""The picture in the docs is that of the table."""

from scripts.draw_flow import PAGE, page


def test_the_diagram_is_drawn_from_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "Run .venv/bin/python scripts/draw_flow.py"
