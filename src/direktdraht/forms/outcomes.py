"""How a test inside a form went, in words for the clerk: names of questions instead of keys."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from direktdraht.foundation.city import settings as city
from direktdraht.foundation.money import money_in_words
from direktdraht.foundation.texts import pick
from direktdraht.questions import definition_tests
from direktdraht.questions.definition import FormDefinition
from direktdraht.questions.definition_tests import TestOutcome


def with_words(definition: FormDefinition, language: str) -> list[tuple[TestOutcome, list[str]]]:
    """All tests of a form as they go today in the city's state, each with what came otherwise."""
    return [(one, words_of(one, definition, language)) for one in definition_tests.run(definition, state=city.current().state)]


def words_of(outcome: TestOutcome, definition: FormDefinition, language: str) -> list[str]:
    """What came otherwise than expected, a sentence each; none if the test passed."""
    names = {page.key: pick(page.title, language)[0] for page in definition.pages}
    names |= {key: pick(place.element.label, language)[0] for key, place in definition.outline.places.items()}
    return [sentence for what, (wanted, got) in outcome.compared.items() for sentence in sentences(what, wanted, got, names, language)]


def sentences(what: str, wanted: object, got: object, names: dict[str, str], language: str) -> Iterator[str]:
    """The sentences about one thing that was compared."""
    if what == "valid":
        yield _("Man kann es jetzt absenden. Erwartet war: nicht.") if got else _("Man kann es jetzt nicht absenden. Erwartet war: doch.")
    elif what == "fee":
        yield _("Die Gebühr ist jetzt %(got)s. Erwartet war: %(wanted)s.") % {
            name: "–" if amount is None else money_in_words(str(amount), language) for name, amount in (("got", got), ("wanted", wanted))
        }
    elif isinstance(wanted, list) and isinstance(got, list):
        more, less, other = {
            "errors": (_("Neuer Fehler bei: %(names)s"), _("Kein Fehler mehr bei: %(names)s"), _("Die Fehler sind andere.")),
            "pages": (_("Neue Seite: %(names)s"), _("Fehlende Seite: %(names)s"), _("Die Seiten haben eine andere Reihenfolge.")),
        }.get(what, (_("Neue Frage: %(names)s"), _("Fehlende Frage: %(names)s"), _("Die Fragen haben eine andere Reihenfolge.")))
        added, gone = [one for one in got if one not in wanted], [one for one in wanted if one not in got]
        yield from (sentence % {"names": listed(paths, names)} for sentence, paths in ((more, added), (less, gone)) if paths)
        if not added and not gone:
            yield other


def listed(paths: list[str], names: dict[str, str]) -> str:
    """Questions or pages by name, each once."""
    return ", ".join(dict.fromkeys(f"„{name_at(path, names)}“" for path in paths))


def name_at(path: str, names: dict[str, str]) -> str:
    """The innermost question on a path such as ``dogs.0.owner.street``; the path itself if it is gone."""
    return next((names[part] for part in reversed(path.split(".")) if part in names), path)
