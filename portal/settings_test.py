"""Settings of the test suite: fast hashing, private folders, everything else as in production."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "for-tests-only")

from portal.settings import *  # noqa: E402, F403
from portal.settings import DATABASES, STORAGES

_scratch = tempfile.mkdtemp(prefix="portal-tests-", dir=os.environ.get("PORTAL_SCRATCH"))
MEDIA_ROOT = f"{_scratch}/media"
STATIC_ROOT = f"{_scratch}/static"
os.makedirs(STATIC_ROOT)  # whitenoise warns when it is not there
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DATABASES["default"]["OPTIONS"].pop("pool", None)  # each test owns its connections
REDIS_URL = "redis+socket:///nonexistent/portal-tests.sock"
PORTAL_DEMO = True
