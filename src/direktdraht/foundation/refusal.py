"""The base of a room's errors: why something cannot be done, as one sentence for the person who wanted it."""

from django.utils.functional import Promise


class Refusal(Exception):  # the base of errors, whose names say what is refused
    """Something cannot be done; ``str(error)`` is the sentence: the first argument, or what stands for every error of the class."""

    sentence: str | Promise = ""

    def __str__(self) -> str:
        return str(self.args[0] if self.args else self.sentence)
