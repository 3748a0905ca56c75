"""Texts that a city writes itself, in several languages; German is always the fallback."""

LocalText = dict[str, str]

FALLBACK = "de"


def pick(text: LocalText, language: str) -> tuple[str, str]:
    """The text in ``language`` if there is one, else German, else any; with the language it is in.

    The second value belongs into the element's ``lang`` attribute when it differs from the page.

    >>> pick({"de": "Sperrmüll", "en": "Bulky waste"}, "en-GB")
    ('Bulky waste', 'en')
    >>> pick({"de": "Sperrmüll"}, "en")
    ('Sperrmüll', 'de')
    """
    for candidate in (language, language.partition("-")[0], FALLBACK, *text):
        if text.get(candidate):
            return text[candidate], candidate
    return "", FALLBACK
