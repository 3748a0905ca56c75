"""Who may read a file: the room that owns it says so."""

from typing import Protocol

from django.http import HttpRequest

from direktdraht.foundation.documents.models import Document
from direktdraht.foundation.registry import Registry


class Owner(Protocol):
    """A kind of owner, for example a draft or a case message."""

    def may_read(self, request: HttpRequest, document: Document) -> bool:
        """Whether the person or clerk behind the request may read this file now."""


registry: Registry[Owner] = Registry("documents.owners")
register = registry.register
