"""The environment and the few settings that belong to no topic."""

from pathlib import Path
from urllib.parse import urlsplit

from direktdraht.config import environment

ENVIRONMENT = environment.read()
MODE = ENVIRONMENT.mode
DATA_DIR = ENVIRONMENT.data_dir
BASE_URL = ENVIRONMENT.base_url
CLAMAV_URL = ENVIRONMENT.clamav_url
PROXIES = ENVIRONMENT.proxies
PACKAGE_DIR = Path(__file__).resolve().parents[2]

SECRET_KEY = ENVIRONMENT.secret_key
DEBUG = False
ROOT_URLCONF = "direktdraht.config.urls"
WSGI_APPLICATION = "direktdraht.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The public name always; this machine's own names for health checks. Nothing else: links in mails depend on it.
ALLOWED_HOSTS = sorted({urlsplit(BASE_URL).hostname or "127.0.0.1", "127.0.0.1", "localhost"})
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3_000
DATA_UPLOAD_MAX_NUMBER_FILES = 40
FILE_UPLOAD_MAX_MEMORY_SIZE = 256_000
FILE_UPLOAD_TEMP_DIR = None
TEST_RUNNER = "django.test.runner.DiscoverRunner"
