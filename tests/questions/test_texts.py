"""Every sentence that a person can meet is there in German and in English, with the same facts in it."""

import re

import pytest

from direktdraht.questions import messages, proof
from direktdraht.questions.definition import errors
from direktdraht.questions.elements.registry import ELEMENT_TYPES
from direktdraht.questions.messages import say

SENTENCES = [*messages.SENTENCES.values(), *errors.SENTENCES.values(), *(text for pair in proof.SENTENCES.values() for text in pair)]
_SAME_IN_BOTH = {"%(sentence)s"}


@pytest.mark.parametrize("sentence", sorted({*SENTENCES} - _SAME_IN_BOTH))
def test_a_sentence_is_translated_with_the_same_facts(sentence: str) -> None:
    english = say(sentence, "en")

    assert english != sentence
    assert sorted(re.findall(r"%\(\w+\)s", english)) == sorted(re.findall(r"%\(\w+\)s", sentence))
    assert say(sentence, "de") == say(sentence, "de-x-leicht") == sentence


@pytest.mark.parametrize("sentence", sorted({*SENTENCES}))
def test_a_sentence_is_short_and_calm(sentence: str) -> None:
    assert "!" not in sentence
    assert all(len(part.split()) <= 15 for part in re.split(r"[.?] ", sentence))


def test_every_type_names_a_known_message_for_a_missing_answer() -> None:
    assert {kind.missing for _, kind in ELEMENT_TYPES.items()} <= set(messages.SENTENCES)
