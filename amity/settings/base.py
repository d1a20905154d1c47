"""What is the same everywhere. The settings modules beside this one call `common`."""

from datetime import time
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url

import amity
from amity.settings.environment import Values
from amity.settings.readers import IdentityProvider, MailServer

ROOMS = [
    "site",
    "dossier",
    "tokens",
    "webhooks",
    "following",
    "journeys",
    "health",
    "collecting",
    "turns",
    "desk",
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

INSTALLED_APPS = [
    *(f"amity.{room}" for room in ROOMS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]

AUTH_USER_MODEL = "accounts.User"

MIDDLEWARE = [
    "amity.foundation.pages.headers.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "amity.languages.middleware.ReadersLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "amity.foundation.pages.errors.method_refused",
]
"""Sessions and who is signed in are looked up only where a page asks: public pages never do."""

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

# Addresses are unique however their letters are written, by a constraint on their lower case.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

# Signing in: passwords and second factors by django-allauth, with pages and words of our own.
AUTHENTICATION_BACKENDS = ["amity.accounts.by_address.ByAddress"]
PASSWORD_HASHERS = ["amity.accounts.passwords.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
ACCOUNT_ADAPTER = "amity.accounts.adapter.SignIn"
ACCOUNT_FORMS = {
    "login": "amity.accounts.forms.LoginForm",
    "change_password": "amity.accounts.forms.ChangePasswordForm",
    "set_password": "amity.accounts.forms.SetPasswordForm",
    "reset_password": "amity.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "amity.accounts.forms.ResetPasswordKeyForm",
    "reauthenticate": "amity.accounts.forms.ReauthenticateForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 # not a password
ACCOUNT_RATE_LIMITS = {
    "follow": "20/h/ip",
    "follow_address": "3/d/key",
    "typed": "60/h/ip",
    "webhook_by_hand": "60/h/key",
}
"""More than django-allauth limits by itself: letters to follow something, by whoever asks; forms
that are kept until somebody has signed in again; what an office sends to its webhooks by hand."""
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
# One provider of identities, where AMITY_OIDC_URL names one: only for people who were invited.
SOCIALACCOUNT_ADAPTER = "amity.accounts.adapter.Elsewhere"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_STORE_TOKENS = False
MFA_ADAPTER = "amity.accounts.adapter.SecondFactor"
MFA_FORMS = {
    "authenticate": "amity.accounts.forms.AuthenticateForm",
    "reauthenticate": "amity.accounts.forms.ReauthenticateByCodeForm",
    "activate_totp": "amity.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "amity.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "amity.accounts.forms.RenamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # one time step of delay, as RFC 6238 (5.2) advises
MFA_RECOVERY_CODES_SHOW_ONCE = True
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_COOKIE_NAME = "amity"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_PATH = "/"
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "amity-form"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000  # a programme is one form, with eight fields a row
CSRF_FAILURE_VIEW = "amity.accounts.recovering.token_ran_out"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Limits on tries must hold whichever process answers, so they are counted in the database.
# Nothing else is kept there, and nothing is thrown away before it has run out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_limit",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

WEBHOOKS_TO_LOOPBACK = False
"""Whether programs on this computer may be told what changes, without TLS: in a demonstration."""

LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]
"""Always answered to, so that a probe on the same computer needs no Host header."""

# Decided by the environment or the kind of settings: `common` gives them their values.
BASE_URL: str
DATA_DIR: Path
PAGE_CACHE_BYTES: int
PUBLISHER: str
CONTACT: str
IMPRINT: str
WORKERS: int
THREADS: int
PROVIDER_NAME: str
PROVIDER_ISSUER: str
PROVIDER_SECOND_FACTOR: list[str]
BACKUPS_DIR: Path | None
BACKUPS_AT: time
BACKUPS_KEPT: int
BACKUPS_FOR: str

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
        described["CONN_MAX_AGE"] = 600  # a new one reads anew what its tables are: half a page
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
        "PUBLISHER": values["AMITY_PUBLISHER"] or "",
        "CONTACT": values["AMITY_CONTACT"] or "",
        "IMPRINT": values["AMITY_IMPRINT"] or "",
        "WORKERS": values["AMITY_WORKERS"],
        "THREADS": values["AMITY_THREADS"],
        "BACKUPS_DIR": values["AMITY_BACKUPS_DIR"],
        "BACKUPS_AT": values["AMITY_BACKUPS_AT"],
        "BACKUPS_KEPT": values["AMITY_BACKUPS_KEPT"],
        "BACKUPS_FOR": values["AMITY_BACKUPS_FOR"] or "",
        "LOGGING": logging(values["AMITY_LOG_LEVEL"]),
        "SESSION_COOKIE_SECURE": base_url.startswith("https://"),
        "CSRF_COOKIE_SECURE": base_url.startswith("https://"),
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1 if values["AMITY_TRUST_PROXY"] else 0,
        **mail(values),
        **provider(values),
    }


def mail(values: Values) -> Values:
    """Django's description of the mail server of `AMITY_MAIL_URL`; without one letters wait."""
    server: MailServer | None = values["AMITY_MAIL_URL"]
    if server is None:
        return {"EMAIL_BACKEND": "", "DEFAULT_FROM_EMAIL": values["AMITY_MAIL_FROM"] or ""}
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": server.host,
        "EMAIL_PORT": server.port,
        "EMAIL_HOST_USER": server.user,
        "EMAIL_HOST_PASSWORD": server.password,
        "EMAIL_USE_TLS": server.scheme == "smtp+tls",
        "EMAIL_USE_SSL": server.scheme == "smtps",
        "EMAIL_TIMEOUT": 30,
        "DEFAULT_FROM_EMAIL": values["AMITY_MAIL_FROM"],
    }


def provider(values: Values) -> Values:
    """Django-allauth's description of the provider of AMITY_OIDC_URL; without one there is none."""
    said: IdentityProvider | None = values["AMITY_OIDC_URL"]
    described: dict[str, object] = {"provider_class": "amity.accounts.identity.Provider"}
    if said is None:
        described["APPS"] = []
    else:
        one = {"provider_id": "provider", "name": "", "client_id": said.client}
        known = {"server_url": said.issuer, "oauth_pkce_enabled": True}
        described["APPS"] = [one | {"secret": said.secret, "settings": known}]
    host = urlsplit(said.issuer).hostname if said else ""
    return {
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": described},
        "PROVIDER_NAME": (values["AMITY_OIDC_NAME"] or host) if said else "",
        "PROVIDER_ISSUER": said.issuer if said else "",
        "PROVIDER_SECOND_FACTOR": values["AMITY_OIDC_SECOND_FACTOR"] or [],
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
