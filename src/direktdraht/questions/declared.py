"""What a form declares beside its questions, for the rooms that see to it: the written form and its rule."""

from collections.abc import Iterable

from direktdraht.questions.definition.model import FormDefinition
from direktdraht.questions.elements.signature import Signature

NONE = "none"


def written_form_rules(definition: FormDefinition, shown: Iterable[str]) -> list[str]:
    """The rules on the written form that apply: the form's own, and those of the signatures among ``shown``.

    ``shown`` are paths (``Evaluation.shown``); a rule is named once, in the order of the form.
    """
    keys = {path.rpartition(".")[2] for path in shown}
    signatures = (place.element for place in definition.outline.places.values() if isinstance(place.element, Signature))
    rules = [definition.written_form.rule, *(element.rule for element in signatures if element.key in keys)]
    return [rule for rule in dict.fromkeys(rules) if rule != NONE]
