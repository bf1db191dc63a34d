"""Production settings but for what a measurement needs: own folders, own addresses, one connection."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "for-measuring-only")
os.environ.setdefault("LOG_LEVEL", "ERROR")
os.environ.setdefault("DB_STATEMENT_TIMEOUT", "10min")

from portal.settings import *  # noqa: E402, F403
from portal.settings import DATABASES, STORAGES

_scratch = tempfile.mkdtemp(prefix="portal-bench-")
MEDIA_ROOT = f"{_scratch}/media"
STATIC_ROOT = tempfile.mkdtemp(prefix="portal-bench-static-")
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
DATABASES["default"]["OPTIONS"].pop("pool", None)
DATABASES["default"]["CONN_MAX_AGE"] = None
ALLOWED_HOSTS = ["testserver"]
ROOT_URLCONF = "bench.urls"
REDIS_URL = "redis+socket:///nonexistent/portal-bench.sock"
PORTAL_DEMO = True
