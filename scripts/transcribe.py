"""Plays the stories of tests/calls/stories and writes their transcripts: `.venv/bin/python scripts/transcribe.py`."""

import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from app import create_app
from app.cli.context import ready_offices
from app.config import Settings
from app.logs import configure_logs
from app.services.stage import demo_stage
from app.simulator.script import parse_script, run_script
from app.store.database import Database
from app.store.export import CallRow, stream_calls

_ROOT = Path(__file__).resolve().parents[1]
STORIES = _ROOT / "tests" / "calls" / "stories"
PAGES = _ROOT / "docs" / "transcripts"

_START = datetime(2017, 12, 19, 16, tzinfo=UTC)

_PAGE = """# {title}

Played by `patchline phone --scratch --script tests/calls/stories/{name}.call`, written by `scripts/transcribe.py`.

```text
{transcript}```

In the call log:

{log}
"""


def story_page(story: Path, folder: Path) -> str:
    """The page of a story: what was heard and pressed, and what stands in the log afterwards."""
    environ = {"INSTANCE_DIR": str(folder / "instance"), "TWILIO_AUTH_TOKEN": "made-for-the-transcript"}
    settings = Settings.load(environ, folder / "no.env")
    script = parse_script(story.read_text("utf-8"), story.name)
    with demo_stage(create_app, settings, ready_offices(settings), _START, seed=1) as stage:
        transcript = run_script(script, stage)
    title, _, told = transcript.partition("\n")
    return _PAGE.format(title=title.strip(), name=story.stem, transcript=told.lstrip("\n"), log=_log(settings))


def _log(settings: Settings) -> str:
    database = Database(settings.database_url)
    try:
        with database.read() as connection:
            return "\n".join(line for row in stream_calls(connection) for line in _lines(row))
    finally:
        database.close()


def _lines(row: CallRow) -> Iterator[str]:
    yield (
        f"- {row.started_at:%Y-%m-%d %H:%M:%S} UTC, {row.duration} s, language {row.language}: {row.status}, "
        f"last step `{row.last_step}`, ended by `{row.end_reason}`"
    )
    for leg in row.legs:
        length = "" if leg.duration is None else f", {leg.duration} s"
        yield f"    - {leg.office}: {leg.status}{length}, the caller reports: {leg.disposition or 'nothing'}"


def main() -> None:
    """Write all pages."""
    configure_logs("critical")
    PAGES.mkdir(parents=True, exist_ok=True)
    for story in sorted(STORIES.glob("*.call")):
        with tempfile.TemporaryDirectory() as folder:
            (PAGES / f"{story.stem}.md").write_text(story_page(story, Path(folder)), encoding="utf-8")
        sys.stderr.write(f"{story.stem}\n")


if __name__ == "__main__":
    main()
