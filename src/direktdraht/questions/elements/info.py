"""``info``: a text that tells something and takes no answer."""

from typing import ClassVar, Literal

from direktdraht.questions.elements.telling import Telling
from direktdraht.questions.spec import LocalText


class Info(Telling):
    """A notice inside a form (Hinweistext): ``label`` is its heading, ``text`` what it says."""

    type: Literal["info"]
    text: LocalText

    wants_a_look: ClassVar[bool] = True
