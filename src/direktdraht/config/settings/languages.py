"""Languages and time. German is the source language, English is complete, Leichte Sprache covers what a city writes."""

from direktdraht.config.settings.base import PACKAGE_DIR

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English"), ("de-x-leicht", "Leichte Sprache")]
LANGUAGE_COOKIE_NAME = "sprache"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [PACKAGE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"
USE_THOUSAND_SEPARATOR = False
