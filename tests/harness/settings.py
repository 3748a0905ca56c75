"""Django's settings for tests: the session's database first, then the product's own settings, then speed."""

import os

from tests.harness.database import SESSION

if "PYTEST_XDIST_WORKER" not in os.environ:
    SESSION.start()

from direktdraht.config.settings import *  # noqa: F403  # the database address must be known first

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405  # empty is enough: tests do not serve static files from it
if "TEST_DATABASE_TEMPLATE" in os.environ:
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ["TEST_DATABASE_TEMPLATE"]}  # noqa: F405  # migrated already
