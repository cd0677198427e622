"""The service's own settings, with a fast hasher, mail in memory and a data folder that is thrown away."""

import os
import tempfile

os.environ.setdefault("LMS_DATA_DIR", tempfile.mkdtemp(prefix="green-skills-tests-"))

from lms.settings import *  # noqa: F403
from lms.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
