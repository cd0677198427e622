"""The service's own settings for the suite: a data folder that is thrown away, a fast hasher, mail and queue in memory.

LMS_TEST_DATABASE=postgresql runs the same tests on PostgreSQL, started here when LMS_DATABASE_URL names none.
Tests of the real queue, worker and web server start the service itself with its own settings: tests/harness/tree.py.
"""

import os

from tests.harness.folders import throw_away_folder

os.environ.setdefault("LMS_DATA_DIR", throw_away_folder("tests"))
if os.environ.get("LMS_TEST_DATABASE") == "postgresql" and not os.environ.get("LMS_DATABASE_URL"):
    from tests.harness.postgres import start_postgres

    os.environ["LMS_DATABASE_URL"] = start_postgres()

from lms.settings import *  # noqa: F403
from lms.settings import DATA_DIR, DATABASES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {}
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    # In a file, as in service: a database in memory shared by threads locks differently.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
