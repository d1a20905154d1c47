"""The demonstration on this computer: nothing to decide, an embedded database, loopback only."""

import os
from pathlib import Path

from amity.settings.base import *  # noqa: F403 - a settings module is the union of its parts
from amity.settings.base import common
from amity.settings.environment import read

_values = read(os.environ, production=False)
_state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
DEBUG = False
SECRET_KEY = _values["AMITY_SECRET_KEY"] or "the demonstration signs nothing and keeps no secret"
globals().update(
    common(
        _values,
        data_dir=_values["AMITY_DATA_DIR"] or _state / "amity-demo",
        base_url=_values["AMITY_BASE_URL"] or "http://127.0.0.1:8000",
    )
)
DEMONSTRATION = True
WEBHOOKS_TO_LOOPBACK = True
ROOT_URLCONF = "amity.site.demonstration_urls"
"""With addresses that sign a newcomer in as an officer of either fictional side."""
SQLITE_MUST_BE_SAFE = False  # the dossiers can be loaded again; a warning is enough

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
