"""What both baselines with a database stand on: Django with nothing but the product's database, and the row that is sent."""

import os
import uuid
from typing import ClassVar

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import models

from direktdraht.config.settings.database import connection

settings.configure(
    DEBUG=False,
    SECRET_KEY="baseline",
    ALLOWED_HOSTS=["127.0.0.1"],
    MIDDLEWARE=[],
    USE_TZ=True,
    DATABASES={"default": connection(os.environ["DATABASE_URL"], pooled=True)},
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
)
django.setup()


class Sent(models.Model):
    """What is sent: one inserted row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    words = models.TextField()
    objects: ClassVar[models.Manager["Sent"]] = models.Manager()

    class Meta:
        app_label = "bench"
        managed = False
        db_table = "bench_sent"


def application_of(urls: str) -> WSGIHandler:
    """The application whose addresses stand in the module ``urls``."""
    settings.ROOT_URLCONF = urls
    return get_wsgi_application()
