"""A campaign file is read with the line of every fault, and written so that it reads the same."""

from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.campaigns import CallerId, CampaignStatus
from app.domain.documents import DocumentError, campaign_warnings, read_document
from app.services.campaign_files import CampaignFileError, parse_campaign_file, render_campaign_file
from tests.support.campaign_documents import documents, small, small_office

RIGHT = render_campaign_file(read_document(small(status="live")))


def lines(text: str) -> list[str]:
    with pytest.raises(CampaignFileError) as raised:
        parse_campaign_file(text, "a.yaml")
    assert str(raised.value) == "\n".join(raised.value.lines)
    return list(raised.value.lines)


def test_the_demo_campaign_is_as_it_would_be_exported() -> None:
    text = files("app").joinpath("data/honduras-2017.yaml").read_text(encoding="utf-8")
    document = parse_campaign_file(text, "demo")
    assert render_campaign_file(document) == text
    assert campaign_warnings(document.campaign) == ()
    assert (document.campaign.slug, document.status) == ("honduras-2017", CampaignStatus.LIVE)
    assert document.campaign.caller_id is CallerId.SUPPORTER
    assert [(office.label("es"), office.number) for office in document.campaign.offices] == [
        ("Eau Claire", "+17158328424"),
        ("Green Bay", "+19204982668"),
        ("La Crosse", "+16087960045"),
        ("Madison", "+16082645338"),
        ("Milwaukee", "+14142974451"),
        ("Wausau", "+17152612611"),
        ("Departamento de Estado", "+12027367660"),
    ]
    assert all(130 <= len(text.split()) <= 170 for text in document.campaign.script.values())


@settings(max_examples=20)
@given(documents)
def test_a_file_reads_the_same_as_it_was_written(value: dict[str, Any]) -> None:
    document = read_document(value)
    text = render_campaign_file(document)
    assert parse_campaign_file(text, "x") == document
    assert render_campaign_file(parse_campaign_file(text, "x")) == text


@given(st.text(st.sampled_from("ab:-#&*!|>'\"{}[],?%@` \n\t\\\x00\x85\ud800é\U0001f600<0"), max_size=40))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    for whole in (text, f"slug: {text}", f"{RIGHT}\n{text}", f'slug: "{text}"'):
        try:
            parse_campaign_file(whole, "x")
        except CampaignFileError as error:
            told = error.lines
        else:
            continue
        assert all(line.startswith("x:") for line in told)


def test_every_fault_is_told_with_its_line() -> None:
    text = RIGHT.replace("'+16082645338'", "555").replace("caller_id: supporter", "caller_id: nobody\nzzz: red")
    place = {line: number for number, line in enumerate(text.splitlines(), start=1)}
    assert lines(text) == [
        f"a.yaml:{place['caller_id: nobody']}: caller_id: It must be supporter or campaign, not 'nobody'.",
        f"a.yaml:{place['zzz: red']}: zzz: There is no such field.",
        f"a.yaml:{place['    number: 555']}: offices[0].number: '555' is not a number that can be assigned.",
    ]


def test_a_missing_field_is_told_at_what_it_is_missing_in() -> None:
    text = RIGHT.replace("  es: Pida ayuda.\n", "")
    place = {line: number for number, line in enumerate(text.splitlines(), start=1)}
    assert lines(text) == [f"a.yaml:{place['summary:']}: summary.es: It is missing."]


def test_plain_scalars_are_the_text_that_stands_there() -> None:
    text = RIGHT.replace("name: Madison", "name: 0700\n    area_codes: [608, 0715]\n    say_as: no")
    assert lines(text) == [line for line in lines(text) if "area_codes[1]" in line]
    madison = parse_campaign_file(text.replace(", 0715", ""), "x").campaign.offices[0]
    assert (madison.name, madison.say_as, madison.area_codes) == ({"en": "0700"}, {"en": "no"}, ("608",))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ["a.yaml:1: The file is empty."]),
        ("# nothing", ["a.yaml:1: The file is empty."]),
        ("just words", ["a.yaml:1: It must be a mapping with fields like 'slug', not 'just words'."]),
        ("~", ["a.yaml:1: It must be a mapping with fields like 'slug', not something else."]),
        ("\nsummary: In short: ask", ["colon and a space needs quotes"]),
        ("slug: x\n\tname: y", ["a.yaml:2: The file is not YAML: found character '\\t' that cannot start any token."]),
        ("slug: 'x", ["a.yaml:1: The file is not YAML: found unexpected end of stream."]),
        ("slug: x\nname: \x07", ["a.yaml:2: The file holds U+0007, which YAML forbids."]),
        ('slug: "\\UFFFFFFFF"', ["a.yaml:1: The file is not YAML: "]),
        ("a: 1\n---\nb: 2", ["a.yaml:2: A file holds one campaign: '---' begins a second document."]),
        (
            "slug: x\nname: y\nslug: z\nslug: q",
            ["3: slug: It is given twice; first on line 1.", "4: slug: It is given twice; first on line 1."],
        ),
        (
            "a: &x y\nb: *x\nc: [*x]",
            ["a.yaml:2: b: Aliases (*name) are not used here", "a.yaml:3: c[0]: Aliases (*name) are not used here"],
        ),
        ("slug: !!python/object:os.system x", ["a.yaml:1: slug: Tags (!name) are not used here."]),
        ("<<: {a: 1}", ["a.yaml:1: '<<': There is no such field."]),
        ("? [a]\n: b", ["a.yaml:1: The name of a field is text"]),
        ("a: " + "[" * 20, ["a.yaml:1: The file holds more than a campaign can."]),
        ("- " * 100_000 + "a", ["a.yaml:1: The file holds more than a campaign can."]),
        ("- a\n" * 20_001, ["a.yaml:20000: The file holds more than a campaign can."]),
        ("#" * 1_000_001, ["a.yaml:1: The file has more than 1,000,000 characters."]),
    ],
)
def test_what_a_file_may_not_be(text: str, told: list[str]) -> None:
    for line, expected in zip(lines(text), told, strict=False):
        assert expected in line


def test_an_alias_bomb_costs_nothing() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    assert len(lines(bomb)) == 118


def test_the_domain_refuses_what_escapes_hide() -> None:
    told = lines(RIGHT.replace("name: Small", r'name: "Sm\all\uD800"'))
    assert [line.partition(": ")[2] for line in told] == [
        "name: It holds U+0007, a character that cannot be used: delete it."
    ]


def test_a_text_that_looks_like_yaml_is_written_as_text() -> None:
    document = read_document(small_office(aliases=["?0", "- a", "#", "{x", "null"], say_as="true", brief="a: b"))
    assert parse_campaign_file(render_campaign_file(document), "x") == document


def test_a_file_error_is_no_document_error() -> None:
    assert not issubclass(CampaignFileError, DocumentError)
