"""What is the same everywhere. The settings modules beside this one call `common`."""

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url

import amity
from amity.settings.environment import Values

ROOMS = [
    "site",
    "dossier",
    "delegations",
    "followup",
    "gatherings",
    "accounts",
    "network",
    "sources",
    "record",
    "languages",
    "foundation",
]

INSTALLED_APPS = [*(f"amity.{room}" for room in ROOMS), "django.contrib.staticfiles"]

AUTH_USER_MODEL = "accounts.User"

MIDDLEWARE = [
    "amity.foundation.pages.headers.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "amity.languages.middleware.ReadersLanguage",
    "django.middleware.common.CommonMiddleware",
]

ROOT_URLCONF = "amity.site.urls"
WSGI_APPLICATION = "amity.wsgi.application"

# The folders of the rooms alone: what another app keeps in its `templates` is in Django's language.
TEMPLATES = [
    {
        "NAME": "pages",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [Path(amity.__path__[0]) / room / "templates" for room in ROOMS],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "amity.foundation.jinja.environment"},
    }
]
FORM_RENDERER = "django.forms.renderers.Jinja2"

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("vi", "Tiếng Việt"),
    ("ru", "Русский"),
    ("fr", "Français"),
    ("id", "Bahasa Indonesia"),
    ("en", "English"),
]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
MEDIA_URL = "/media/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

# Set for every answer by `amity.foundation.pages.headers`.
SECURE_CONTENT_TYPE_NOSNIFF = False
SECURE_REFERRER_POLICY = None
SECURE_CROSS_ORIGIN_OPENER_POLICY = None

SQLITE_MUST_BE_SAFE = True

LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
"""Always answered to, so that a probe on the same computer needs no Host header."""

# Decided by the environment or the kind of settings: `common` gives them their values.
BASE_URL: str
DATA_DIR: Path
PAGE_CACHE_BYTES: int
WORKERS: int
THREADS: int

RELEASE = amity.__version__

SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}


def database(url: str | None, data_dir: Path) -> Values:
    """Django's description of the database at `url`, or of the embedded one in `data_dir`."""
    described: Values = dict(
        dj_database_url.parse(url or f"sqlite:///{data_dir / 'amity.sqlite3'}")
    )
    if described["ENGINE"] == "django.db.backends.sqlite3":
        described["OPTIONS"] = SQLITE_OPTIONS | described.get("OPTIONS", {})
        described["CONN_MAX_AGE"] = None  # opening the file takes longer than a page out of memory
    else:
        described["CONN_MAX_AGE"] = 60
        described["CONN_HEALTH_CHECKS"] = True
    return described


def common(values: Values, *, data_dir: Path, base_url: str) -> Values:
    """Django settings that follow from the environment's `values` and the installation's place."""
    host = urlsplit(base_url).hostname or ""
    return {
        "BASE_URL": base_url,
        "DATA_DIR": data_dir,
        "ALLOWED_HOSTS": [*(values["AMITY_ALLOWED_HOSTS"] or [host]), *LOOPBACK],
        "DATABASES": {"default": database(values["DATABASE_URL"], data_dir)},
        "MEDIA_ROOT": data_dir / "media",
        "STATIC_ROOT": data_dir / "static",
        "PAGE_CACHE_BYTES": values["AMITY_PAGE_CACHE_MB"] * 1_000_000,
        "WORKERS": values["AMITY_WORKERS"],
        "THREADS": values["AMITY_THREADS"],
        "LOGGING": logging(values["AMITY_LOG_LEVEL"]),
    }


def logging(level: str) -> dict[str, object]:
    """One stream, standard error, one line per event; the service manager keeps the file."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
    }
