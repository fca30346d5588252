"""Campaigns as YAML files that people review: read with the line of every fault, written to be read."""

import re
from datetime import date
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import FoldedScalarString

from app.domain.documents import Document, DocumentError, Fault, read_document, write_document
from app.services.yaml_reading import YamlFaults, read_yaml

_HEADER = """\
# A Patchline campaign. After a change: patchline campaigns import FILE
# The offices are on the keys of the telephone in the order in which they stand here.
# A text without a language is in the first of the languages. An office has the time_zone, the
# holidays and the closures of the campaign unless it has its own; hours_assumed is true until a
# person has confirmed its hours. Keep an office's id when you rename it: it holds its history.
"""
_WIDTH = 90
# Lists of codes stand on one line. Free text cannot: the emitter leaves some unquoted that the parser takes for more.
_SHORT_LISTS = ("languages", "closures", "area_codes")
# A text longer than this stands in a block of its own.
_LONG = 60
_SECTION = re.compile(r"^(?=(?:limits|contact|greeting|summary|script|recordings):)", re.MULTILINE)
_OFFICE = re.compile(r"(?<=\n)(?=  - )")


class CampaignFileError(ValueError):
    """A file does not hold a campaign; `lines` say all that is wrong, each with file, line and field."""

    def __init__(self, filename: str, faults: list[tuple[int, Fault]]) -> None:
        """Take the faults with their lines."""
        self.lines = tuple(f"{filename}:{line}: {fault}" for line, fault in faults)
        super().__init__("\n".join(self.lines))


def parse_campaign_file(text: str, filename: str) -> Document:
    """The campaign of a YAML text; raises CampaignFileError."""
    try:
        yaml = read_yaml(text)
    except YamlFaults as error:
        raise CampaignFileError(filename, list(error.faults)) from None
    try:
        return read_document(yaml.value)
    except DocumentError as error:
        faults = [(yaml.line(fault.path), fault) for fault in error.faults]
        raise CampaignFileError(filename, sorted(faults, key=lambda each: each[0])) from None


def render_campaign_file(document: Document) -> str:
    """A campaign as YAML text, long texts in blocks, always in the same order."""
    yaml = YAML()
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    yaml.dump(_dressed(write_document(document)), stream)
    # Only a top-level field begins at the margin, and all texts of offices stand further to the right than an office
    # does: so the blank lines change none.
    campaign, margin, offices = stream.getvalue().partition("\noffices:\n")
    return _HEADER + _SECTION.sub("\n", campaign) + "\n" + margin + _OFFICE.sub("\n", offices)


def _dressed(value: Any, field: str = "") -> Any:
    """A plain value with the marks by which it is written so that it reads well."""
    if isinstance(value, dict):
        return CommentedMap({name: _dressed(each, name) for name, each in value.items()})
    if isinstance(value, list):
        entries = CommentedSeq([_dressed(each, field) for each in value])
        if field in _SHORT_LISTS:
            entries.fa.set_flow_style()
        return entries
    if field == "closures":
        return date.fromisoformat(value)
    if isinstance(value, str) and (len(value) > _LONG or "\n" in value):
        return FoldedScalarString(value)
    return value
