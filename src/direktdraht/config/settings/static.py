"""Static files: gathered and compressed once at set-up, served with far-future names by WhiteNoise."""

from direktdraht.config.settings.base import PACKAGE_DIR

BUILD_DIR = PACKAGE_DIR.parents[1] / "build"
STATIC_URL = "/static/"
STATIC_ROOT = BUILD_DIR / "static"
STATICFILES_DIRS = [BUILD_DIR / "assets"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
