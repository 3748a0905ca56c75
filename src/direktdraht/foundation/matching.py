"""Search that forgives typing errors: trigrams, beginnings of words and parts of compounds. Pure; knows no database.

PostgreSQL's own pg_trgm is not there in the embedded server, so trigrams are stored with what is found (a service, a street).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from direktdraht.foundation.ordering import plain

WORDS_READ = 8
LETTERS_READ = 40
# From here on two words count as the same with a typing error: one error in six letters still shares 0.43 of the trigrams.
SIMILAR = 0.4
# People who have no umlauts on their keyboard write two letters; both sides are shortened alike.
SPELT_OUT = (("ae", "a"), ("oe", "o"), ("ue", "u"))
# Words that say nothing about what is looked for.
ARTICLES = frozenset({"der", "die", "das", "den", "dem", "des", "ein", "eine", "einen"})
JOINING = frozenset({"und", "oder", "fur", "mit", "von", "zu", "zum", "zur", "im", "in"})
ASKING = frozenset({"ich", "mein", "meine", "meinen", "wie", "wo", "was", "ist", "how", "where", "what", "is", "my", "i"})
ENGLISH = frozenset({"the", "a", "an", "and", "or", "for", "with", "of", "to"})
EMPTY = ARTICLES | JOINING | ASKING | ENGLISH


@dataclass(frozen=True)
class Field:
    """Words of one kind with their weight."""

    words: tuple[str, ...]
    weight: float


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared.

    >>> words_of("Sperrmüll abholen")
    ['sperrmull', 'abholen']
    >>> words_of("Sperrmuell")
    ['sperrmull']
    """
    shortened = plain(text)
    for two, one in SPELT_OUT:
        shortened = shortened.replace(two, one)
    return shortened.split()


def asked_words(text: str) -> list[str]:
    """The words that a person looks for: without empty ones, unless nothing else was typed; at most eight."""
    words = [word[:LETTERS_READ] for word in words_of(text[: WORDS_READ * LETTERS_READ * 2])]
    return [word for word in words if word not in EMPTY][:WORDS_READ] or words[:WORDS_READ]


def grams(word: str) -> set[str]:
    """The trigrams of a word, its beginning counted twice.

    >>> sorted(grams("hund"))
    ['  h', ' hu', 'hun', 'nd ', 'und']
    """
    padded = f"  {word} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}


def grams_of(texts: Iterable[str]) -> list[str]:
    """All trigrams of some texts, sorted."""
    return sorted({gram for text in texts for word in words_of(text) for gram in grams(word)})


def similarity(asked: str, word: str) -> float:
    """How alike two words are, 0 to 1: same, beginning, part of a compound, or alike with a typing error."""
    if asked == word:
        return 1.0
    if len(asked) >= 2 and word.startswith(asked):
        return 0.9
    if len(asked) >= 4 and asked in word:
        return 0.85
    if len(word) >= 4 and asked.startswith(word):
        return 0.7
    ours, theirs = grams(asked), grams(word)
    alike = 2 * len(ours & theirs) / (len(ours) + len(theirs))
    return alike * 0.8 if alike >= SIMILAR else 0.0


def score(asked: Sequence[str], fields: Sequence[Field]) -> float:
    """How well something answers; 0 unless at least half of the asked words are found."""
    best = [max((similarity(word, other) * field.weight for field in fields for other in field.words), default=0.0) for word in asked]
    found = sum(value > 0 for value in best)
    if not asked or found * 2 < len(asked):
        return 0.0
    return sum(best) / len(asked)
