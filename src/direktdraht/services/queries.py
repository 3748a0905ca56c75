"""What can be asked about services."""

from dataclasses import dataclass

from django.db.models import QuerySet

from direktdraht.foundation.matching import Field, asked_words, grams, score, words_of
from direktdraht.foundation.texts import pick
from direktdraht.people.models import Unit
from direktdraht.services.models import Category, Service

MOST_RESULTS = 20
# A rare word meets few services; a frequent one may meet all of a large catalogue.
MOST_CANDIDATES = 500


def active() -> QuerySet[Service]:
    """The services that are offered, with their units, in German order."""
    return Service.objects.filter(active=True).select_related("unit").order_by("sort_key", "key")


def get_active(key: str) -> Service | None:
    """The offered service with this key, or ``None``."""
    return active().filter(key=key).first()


def popular(limit: int = 6) -> list[Service]:
    """The services that the city puts forward, in its order."""
    return list(active().filter(popular__gt=0).order_by("popular", "sort_key")[:limit])


def all_az() -> list[Service]:
    """All offered services in German order (DIN 5007)."""
    return list(active())


@dataclass(frozen=True)
class CategoryWithServices:
    """A situation in life and the services that belong to it."""

    category: Category
    services: list[Service]

    @property
    def label(self) -> str:
        """The category's name in the reader's language."""
        return str(self.category.label)


def by_category() -> list[CategoryWithServices]:
    """The offered services by situation in life, in the catalogue's order; empty categories are left out."""
    found: dict[str, list[Service]] = {}
    for service in active():
        found.setdefault(service.category, []).append(service)
    return [CategoryWithServices(category, found[category]) for category in Category if category in found]


def for_staff() -> list[Service]:
    """All services, also those not offered, in German order."""
    return list(Service.objects.select_related("unit").order_by("sort_key", "key"))


def of_unit(unit: Unit) -> list[Service]:
    """The offered services of a unit."""
    return list(active().filter(unit=unit))


@dataclass(frozen=True)
class Found:
    """A service and how well it answers (higher is better)."""

    service: Service
    score: float


def search(words: str, language: str = "de") -> list[Found]:
    """The offered services that answer the words best, at most 20; forgives typing errors. No words, no results."""
    asked = asked_words(words)
    wanted = sorted({gram for word in asked for gram in grams(word)})
    if not wanted:
        return []
    candidates = active().filter(grams__overlap=wanted)[:MOST_CANDIDATES]
    found = [Found(service, score(asked, fields_of(service, language))) for service in candidates]
    return sorted((hit for hit in found if hit.score > 0), key=lambda hit: (-hit.score, hit.service.sort_key))[:MOST_RESULTS]


def fields_of(service: Service, language: str) -> list[Field]:
    """The words of a service: title in the reader's language first, then keywords, other titles, summaries."""
    title = pick(service.title, language)[0]
    return [
        Field(tuple(words_of(title)), 3.0),
        Field(tuple(word for keyword in service.keywords for word in words_of(keyword)), 2.5),
        Field(tuple(word for text in service.title.values() for word in words_of(text)), 2.2),
        Field(tuple(word for text in service.summary.values() for word in words_of(text)), 1.0),
    ]
