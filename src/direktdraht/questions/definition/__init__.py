"""The form definition ``direktdraht-form/1``: read, checked, canonical, with a digest."""

from direktdraht.questions.definition.canonical import canonical, digest
from direktdraht.questions.definition.errors import DefinitionError, Finding
from direktdraht.questions.definition.model import FormDefinition, Page
from direktdraht.questions.definition.parsing import parse

__all__ = ["DefinitionError", "Finding", "FormDefinition", "Page", "canonical", "digest", "parse"]
