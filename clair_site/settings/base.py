"""Settings that hold everywhere. What differs from place to place comes from the environment."""

from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO

from clair_site.logs import logging_settings
from translations.languages import django_choices, django_lang_info

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

# What the running site writes: database, media, broker folders.
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var")))

SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
DEBUG = env.bool("DEBUG", default=False)
# The page of all components, for those who work on the design.
PATTERNS_PAGE = False

INSTALLED_APPS = [
    "accounts",
    "jobs",
    "assets",
    "translations",
    "pages",
    "offices",
    "jet",
    "programmes",
    "multicultural",
    "clair_site",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.frontend_cache",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.api.v2",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_structlog",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pages.caching.middleware.PageCacheMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "translations.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "pages.furigana.middleware.FuriganaMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "accounts.middleware.VisitorMiddleware",
    "pages.redirects.OldAddressMiddleware",
]

ROOT_URLCONF = "clair_site.urls"
WSGI_APPLICATION = "clair_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pages.context_processors.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "translations.templatetags.language_forms",
            ],
        },
    }
]

# Database: SQLite for one machine, PostgreSQL by DATABASE_URL.
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR}/clair.sqlite3")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;"
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Cache and broker: in the process and in folders, or Redis by REDIS_URL. Finished pages are kept in
# a folder, since what a worker publishes must be forgotten by the web process.
REDIS_URL = env("REDIS_URL", default="")
# Whoever publishes a page does not wait for a broker that is away.
REDIS_BROKER_OPTIONS = {
    "visibility_timeout": 3600,
    "max_retries": 0,
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
}
if REDIS_URL:
    CACHES = {
        name: {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": name,
            # Visitors do not wait for a cache that is away.
            "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 1},
        }
        for name in ("default", "pages")
    }
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = REDIS_BROKER_OPTIONS
else:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        "pages": {
            "BACKEND": "pages.caching.folder.FolderCache",
            "LOCATION": DATA_DIR / "pages",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        },
    }
    CELERY_BROKER_URL = "filesystem://localhost"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(DATA_DIR / "broker" / "queue"),
        "data_folder_out": str(DATA_DIR / "broker" / "queue"),
        "control_folder": str(DATA_DIR / "broker" / "control"),
    }

# Caches that publishing purges: our own, and one in front such as Varnish.
FRONTEND_CACHE_URL = env("FRONTEND_CACHE_URL", default="")
WAGTAILFRONTENDCACHE = {"pages": {"BACKEND": "pages.caching.store.PageCacheBackend"}}
if FRONTEND_CACHE_URL:
    WAGTAILFRONTENDCACHE["front"] = {
        "BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend",
        "LOCATION": FRONTEND_CACHE_URL,
    }
# Each address is purged in its own language only; who else shows a page, `pages.caching` knows.
WAGTAILFRONTENDCACHE_LANGUAGES = []

CELERY_TASK_ROUTES = {
    "jobs.tasks.*": {"queue": "translations"},
    "pages.tasks.*": {"queue": "translations"},
    "translations.tasks.*": {"queue": "translations"},
    "assets.tasks.*": {"queue": "media"},
}
CELERY_TASK_DEFAULT_QUEUE = "media"
CELERY_TASK_CREATE_MISSING_QUEUES = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Asia/Tokyo"
CELERY_BEAT_SCHEDULE = {
    "sweep up jobs": {"task": "jobs.tasks.sweep", "schedule": 60.0},
    "publish scheduled pages": {"task": "jobs.tasks.publish_scheduled", "schedule": 60.0},
    "mail waiting enquiries": {"task": "pages.tasks.mail_waiting_enquiries", "schedule": 600.0},
    "forget old enquiries": {"task": "pages.tasks.forget_enquiries", "schedule": 86_400.0},
    "make missing readings": {"task": "pages.tasks.make_missing_readings", "schedule": 3600.0},
    # What stands on a page but is kept elsewhere, such as figures, changes without its publishing.
    "make all readings": {
        "task": "pages.tasks.make_missing_readings",
        "schedule": 86_400.0,
        "args": (True,),
    },
    "read documents left behind": {
        "task": "assets.tasks.read_documents_left_behind",
        "schedule": 3600.0,
    },
    "mail what waits for translators": {
        "task": "translations.tasks.ask_for_digests",
        "schedule": crontab(hour=7, minute=30),
    },
    "forget ended sessions": {"task": "jobs.tasks.clear_sessions", "schedule": 86_400.0},
    "make missing renditions": {
        "task": "assets.tasks.make_missing_renditions",
        "schedule": 86_400.0,
    },
    "make missing cards, delete old ones": {
        "task": "pages.cards.tasks.tidy_cards",
        "schedule": 86_400.0,
    },
}

# Languages: one entry each in translations/languages.py.
LANG_INFO.update({code: info for code, info in django_lang_info().items() if code not in LANG_INFO})
LANGUAGE_CODE = "en"
LANGUAGES = django_choices()
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True

# wagtail-localize: never publish untranslated copies, never lose a translator's words.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True

# Wagtail
WAGTAIL_SITE_NAME = "CLAIR"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILIMAGES_IMAGE_MODEL = "assets.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "assets.forms.PictureForm"
WAGTAILDOCS_DOCUMENT_MODEL = "assets.Paper"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ics", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILEMBEDS_FINDERS = []
WAGTAILEMBEDS_RESPONSIVE_HTML = True
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "translations.search_backend", "SEARCH_CONFIG": "simple"}
}
TAGGIT_CASE_INSENSITIVE = True

# Accounts: allauth signs people in; nobody signs up.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "accounts.adapter.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
LOGIN_REDIRECT_URL = "/admin/"
LOGIN_URL = "/accounts/login/"
# Sign-in limits count by address; behind a proxy the address is in its header.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

# Files
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"

# Pictures beside shared links, one a page and language; without them, the site's one for all.
SOCIAL_CARDS = env.bool("SOCIAL_CARDS", default=True)

# Trust: public pages load nothing from anywhere else and run no inline script or style.
# Wagtail's admin needs inline scripts and is left out here.
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/admin/",),
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    },
}
PERMISSIONS_POLICY = {
    feature: [] for feature in ("camera", "geolocation", "microphone", "payment", "usb")
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # long pages in Wagtail's editor

# Addresses of RFC 9116 (mailto:, https: or tel:); without one there is no security.txt.
SECURITY_CONTACTS = env.list("SECURITY_CONTACT", default=[])

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="CLAIR <webmaster@localhost>")

EMAIL_TIMEOUT = 20

# Who is sent what visitors write; without anyone it is in the admin only. Kept for so many days.
CONTACT_RECIPIENTS = env.list("CONTACT_RECIPIENTS", default=[])
ENQUIRIES_KEPT_DAYS = env.int("ENQUIRIES_KEPT_DAYS", default=180)

# Who reads or writes is nobody's business: the log has no addresses of visitors.
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
LOGGING = logging_settings(
    level=env("LOG_LEVEL", default="INFO"), as_json=env.bool("LOG_JSON", default=False)
)
