"""``signature``: says that the written form, or what replaces it, is needed. It takes no answer."""

from typing import Literal

from direktdraht.questions.elements.telling import Telling
from direktdraht.questions.spec import Slug


class Signature(Telling):
    """The need of a proof (Schriftform) by a rule on the written form; with a condition it is needed only then.

    ``text`` is what the person should know beforehand.
    """

    type: Literal["signature"]
    rule: Slug
    """Key of the rule on the written form that applies."""
