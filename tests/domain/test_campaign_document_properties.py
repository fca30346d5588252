"""Whatever a document holds: it is read and written back the same, or refused, and nothing else happens."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.domain.documents import (
    Document,
    DocumentError,
    campaign_warnings,
    read_campaign,
    read_document,
    write_campaign,
    write_document,
)
from tests.support.campaign_documents import anything, documents, small


@given(documents)
def test_what_is_written_reads_the_same(value: dict[str, Any]) -> None:
    document = read_document(value)
    written = write_document(document)
    assert read_document(json.loads(json.dumps(written))) == document
    assert write_document(read_document(written)) == written
    assert read_campaign(write_campaign(document.campaign)) == document.campaign
    campaign_warnings(document.campaign)


@given(anything)
def test_a_strange_document_is_refused(value: object) -> None:
    _read(value)


@given(st.sampled_from(sorted(small())), anything)
def test_a_strange_field_is_refused(name: str, value: object) -> None:
    _read(small(**{name: value}))


@given(st.dictionaries(st.sampled_from(["id", "name", "number", "hours", "closures", "aliases", "script"]), anything))
def test_a_strange_office_is_refused(office: dict[str, Any]) -> None:
    _read(small(offices=[{"name": "A", "number": "608-264-5338", **office}]))


def test_a_deep_document_is_refused() -> None:
    deep: Any = "x"
    for _ in range(10_000):
        deep = {"en": deep, "offices": [deep]}
    assert _read(deep) is None
    assert _read(small(greeting=deep, offices=[deep])) is None


def _read(value: object) -> Document | None:
    try:
        return read_document(value)
    except DocumentError as error:
        told = str(error)
    assert told
    assert all(line.isprintable() for line in told.split("\n"))
    return None
