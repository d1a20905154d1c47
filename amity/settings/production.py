"""Production: everything that must be decided comes from the environment."""

import os

from amity.settings.base import *  # noqa: F403 - a settings module is the union of its parts
from amity.settings.base import common
from amity.settings.environment import read

_values = read(os.environ, production=True)
DEBUG = False
SECRET_KEY = _values["AMITY_SECRET_KEY"]
globals().update(
    common(_values, data_dir=_values["AMITY_DATA_DIR"], base_url=_values["AMITY_BASE_URL"])
)

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if _values["AMITY_TRUST_PROXY"]:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
if _values["AMITY_BASE_URL"].startswith("https://"):
    SECURE_HSTS_SECONDS = 31_536_000
