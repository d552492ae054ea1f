"""Settings of `make run`: one machine, no other service, a key of its own."""

import secrets

from .base import *  # noqa: F403
from .base import DATA_DIR, DATABASES, env

SECRET_KEY = env("SECRET_KEY", default="")
if not SECRET_KEY:
    # Made once and kept, so that a restart does not sign everyone out.
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    key_file = DATA_DIR / "secret_key"
    if not key_file.exists():
        key_file.write_text(secrets.token_urlsafe(50), encoding="ascii")
        key_file.chmod(0o600)
    SECRET_KEY = key_file.read_text(encoding="ascii").strip()

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"])
PATTERNS_PAGE = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = env.bool("DEBUG", default=False)
DATABASES["default"].setdefault("CONN_MAX_AGE", 0)
