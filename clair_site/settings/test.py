"""Settings of the tests: quick passwords, tasks run at once, files in a folder of their own."""

import os

from .base import *  # noqa: F403
from .base import CACHES, DATA_DIR, DATABASES, REDIS_URL

SECRET_KEY = "tests-only"  # noqa: S105
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Kept like the test database, so that a server beside the tests serves the files that it names.
MEDIA_ROOT = DATA_DIR / "tests" / f"media-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
PATTERNS_PAGE = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # A pool's threads would keep the test database from being dropped.
    DATABASES["default"]["OPTIONS"] = {}
if REDIS_URL:
    CACHES["default"]["KEY_PREFIX"] = "tests"
# Pages are made anew on each request; tests of the page cache ask for one.
CACHES["pages"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
# The content has hundreds of pages; tests of the cards ask for them.
SOCIAL_CARDS = False
