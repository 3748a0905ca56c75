"""Random definitions never crash: what can be read is evaluated, shown, written as text and fits its JSON Schema."""

import json
from datetime import date
from typing import Any

from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from direktdraht.questions.definition import DefinitionError, Finding, FormDefinition, parse
from direktdraht.questions.evaluation import Evaluation, evaluate
from direktdraht.questions.files import FileFacts
from direktdraht.questions.json_schema import schema
from direktdraht.questions.posting import newly_shown, read_page
from direktdraht.questions.proof import longest_path, prove
from direktdraht.questions.rendering import plain_text, sections
from direktdraht.questions.sentences import expression_sentence, sentence
from tests.questions.browser import show
from tests.questions.fuzzing import ANSWERS, POSTS, definitions, mended
from tests.scale import examples

TODAY = date(2026, 6, 15)
FILES = {"f1": FileFacts("a.jpg", 1000, "image/jpeg")}
SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
# TEST_SCALE 40 makes 2,000 of them.
EXAMPLES = examples(50)


def run(definition: FormDefinition, answers: Any) -> Evaluation:
    return evaluate(definition, answers, today=TODAY, files=FILES)


@settings(max_examples=EXAMPLES, suppress_health_check=SLOW, deadline=None)
@given(data=definitions(), answers=ANSWERS)
def test_any_form_takes_any_answers_and_clean_ones_fit_its_schema(data: dict[str, Any], answers: Any) -> None:
    definition = mended(data)

    evaluation = run(definition, answers)
    stored = json.loads(json.dumps(evaluation.answers))
    again = run(definition, stored)

    assert again.answers == evaluation.answers
    assert plain_text(definition, stored, "de", FILES) == plain_text(definition, evaluation.answers, "de", FILES)
    assert sections(definition, stored, "en", FILES) == sections(definition, evaluation.answers, "en", FILES)
    if evaluation.valid:
        assert list(Draft202012Validator(schema(definition)).iter_errors(stored)) == []
    assert set(evaluation.answers) <= {path.partition(".")[0] for path in evaluation.shown}


@settings(max_examples=EXAMPLES, suppress_health_check=SLOW, deadline=None)
@given(data=definitions(), answers=ANSWERS, post=POSTS)
def test_any_page_is_read_and_shown_again(data: dict[str, Any], answers: Any, post: dict[str, str]) -> None:
    definition = mended(data)
    posted = QueryDict(mutable=True)
    posted.update(post)
    kept = answers if isinstance(answers, dict) else {}

    raw = read_page(definition, "first", posted, kept)
    evaluation = run(definition, raw)

    newly_shown(definition, "first", posted, evaluation)
    for page in evaluation.pages:
        show(definition, page, raw, errors=evaluation.errors, evaluation=evaluation, language="en")


@settings(max_examples=EXAMPLES, suppress_health_check=SLOW, deadline=None)
@given(data=definitions())
def test_every_rule_can_be_said_and_proved(data: dict[str, Any]) -> None:
    definition = mended(data)

    rules = [place.element.show_if for place in definition.outline.places.values() if place.element.show_if is not None]
    said = [sentence(rule, definition, language) for rule in rules for language in ("de", "en")]
    if definition.fee is not None:
        said.append(expression_sentence(definition.fee, definition, "de"))

    assert all("%(" not in words and words.endswith(".") for words in said)
    assert all(finding.sentence() and finding.mend() for finding in prove(definition))
    assert longest_path(definition).minutes >= 1
    Draft202012Validator.check_schema(schema(definition))


@settings(max_examples=EXAMPLES, suppress_health_check=SLOW, deadline=None)
@given(data=definitions())
def test_a_form_that_is_refused_is_refused_in_words(data: dict[str, Any]) -> None:
    findings: tuple[Finding, ...] = ()
    try:
        parse(data)
    except DefinitionError as refusal:
        findings = refusal.findings

    assert all(finding.sentence(language) for finding in findings for language in ("de", "en"))
