"""Every real FIM file is imported or refused with the right reason; nothing in it is dropped silently."""

import json
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from lxml import etree

from direktdraht.forms.exports import as_xdatenfelder
from direktdraht.forms.genericode.reading import read_genericode
from direktdraht.forms.incoming import read_form
from direktdraht.forms.remarks import UnreadableFile
from direktdraht.questions.definition import parse
from direktdraht.questions.evaluation import evaluate
from direktdraht.questions.proof import prove
from tests.samples import fim

pytestmark = fim.needed
AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_the_samples_are_there() -> None:
    assert (len(fim.readable()), len(fim.lists()), len(fim.REFUSED)) == (22, 6, 5)


@pytest.mark.parametrize("name", sorted(fim.REFUSED))
def test_a_file_that_cannot_be_read_is_refused_with_line_and_reason(name: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_form(fim.content(name), beside={})

    assert str(refused.value) == fim.REFUSED[name]


@pytest.mark.parametrize("name", fim.lists())
def test_every_code_list_is_read_whole(name: str) -> None:
    rows = len(list(etree.fromstring(fim.content(name)).iter("{*}Row")))

    assert len(read_genericode(fim.content(name)).entries) == rows


@pytest.mark.parametrize("name", fim.lists())
def test_a_code_list_is_no_schema(name: str) -> None:
    with pytest.raises(UnreadableFile, match="Das ist eine Codeliste"):
        read_form(fim.content(name), beside={})


@pytest.mark.parametrize("name", fim.readable())
def test_the_report_has_a_row_for_every_node(name: str) -> None:
    result = read_form(fim.content(name), beside=fim.beside(name))

    assert Counter(row.id for row in result.report) == fim.nodes(name)
    assert all(row.as_json()["why"] for row in result.report)
    assert result.format == ("xdf2" if "v2" in name or "xdf2" in name else "xdf3")


@pytest.mark.parametrize("name", fim.readable())
def test_every_rule_is_a_proposal_at_a_place_of_the_form(name: str) -> None:
    result = read_form(fim.content(name), beside=fim.beside(name))
    definition = parse(result.definition)
    places = {"", *definition.outline.places, *(page.key for page in definition.pages)}

    rules = list(etree.fromstring(fim.content(name)).iter("{*}regel"))
    assert sorted(proposal.id for proposal in result.proposals) == sorted(str(rule.findtext("{*}identifikation/{*}id")) for rule in rules)
    assert {proposal.place for proposal in result.proposals} <= places
    assert all(proposal.text or proposal.script or proposal.name for proposal in result.proposals)


@pytest.mark.parametrize("name", fim.readable())
def test_the_form_is_proved_and_worked_out(name: str) -> None:
    definition = parse(read_form(fim.content(name), beside=fim.beside(name)).definition)

    errors = {finding.code for finding in prove(definition) if finding.severity == "error"}
    result = evaluate(definition, {}, today=date(2026, 11, 24))

    assert errors == {"service_not_decided", "unit_not_decided", "retention_not_decided"}
    assert set(result.pages) == {page.key for page in definition.pages}
    assert result.answers == {}


@pytest.mark.parametrize("name", fim.readable())
def test_what_goes_out_comes_back_the_same_and_keeps_the_official_schema(name: str) -> None:
    definition = read_form(fim.content(name), beside=fim.beside(name)).definition
    official = etree.XMLSchema(etree.parse(str(fim.FOLDER / "xsd" / "3.0.0" / "xdatenfelder.xsd")))

    written = as_xdatenfelder(definition, at=AT)

    official.assertValid(etree.fromstring(written))
    assert read_form(written, beside={}).definition == definition
    assert json.dumps(definition)


def test_the_lists_of_the_parking_permit_are_found_beside_it() -> None:
    name = next(name for name in fim.readable() if "bewohnerparken" in name)

    result = read_form(fim.content(name), beside=fim.beside(name))

    assert Counter(row.became for row in result.report)["codelist"] == 7
    assert len(result.definition["code_lists"]["urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:staat"]["entries"]) == 197
