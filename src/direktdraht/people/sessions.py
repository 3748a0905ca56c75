"""Where sessions are kept: Django's table, with one statement a write and one commit a request.

Django's own store writes a new key at once: look whether it is free, insert, read and delete the old row, and then
write the content once more. Here a new key is drawn from 165 random bits, which no other session has, and takes the
old key's place when the request's session is saved.
"""

import secrets
import string
from typing import Any

from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

KEY_SIGNS = string.ascii_lowercase + string.digits
KEY_LENGTH = 32


class SessionStore(DatabaseStore):
    """A session; ``stored_key`` is the key of its row while a new key waits to be saved."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self.stored_key: str | None = None

    def _get_new_session_key(self) -> str:
        """Draw a key without asking for it first; the table's primary key would refuse a second one."""
        return "".join(secrets.choice(KEY_SIGNS) for _ in range(KEY_LENGTH))

    def cycle_key(self) -> None:
        """Give the session a new key and keep its content; the old key ends with the next ``save``."""
        self.keys()  # reads the row; where it is gone, so is the key
        if self.session_key is None:
            self.create()
            return
        self.stored_key = self.stored_key or self.session_key
        self._session_key = self._get_new_session_key()
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        """Write the session. Raises UpdateError when its row was deleted meanwhile.

        Two requests of one browser may draw a new key at once (a double click). The second finds no row under the old
        key any more and gets a row of its own, as with Django's store: both answers can be shown.
        """
        if must_create or self.session_key is None:
            super().save(must_create=must_create)
            return
        row = self.create_model_instance(dict(self.items()))
        fields = {"session_key": row.session_key, "session_data": row.session_data, "expire_date": row.expire_date}
        if not self.model.objects.filter(session_key=self.stored_key or row.session_key).update(**fields):
            if self.stored_key is None:
                raise UpdateError
            super().save(must_create=True)
        self.stored_key = None

    def delete(self, session_key: str | None = None) -> None:
        """End this session, or the one with the key."""
        known: Any = session_key or self.stored_key or self.session_key
        if known:
            self.model.objects.filter(session_key=known).delete()
        if session_key is None:
            self.stored_key = None
