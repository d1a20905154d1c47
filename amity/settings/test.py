"""Tests: a throwaway folder, plain static files, an in-memory database unless DATABASE_URL says."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from amity.settings.base import *  # noqa: F403 - a settings module is the union of its parts
from amity.settings.base import common
from amity.settings.environment import read

_values = read(os.environ, production=False)
_folder = Path(tempfile.mkdtemp(prefix="amity-test-"))
(_folder / "static").mkdir()
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
DEBUG = False
SECRET_KEY = "the tests sign nothing and keep no secret"  # noqa: S105 - not a secret
globals().update(
    common(
        _values,
        data_dir=_folder,
        base_url="http://testserver",
    )
)

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CHROMIUM = _values["AMITY_CHROMIUM"]
SHARED = _values["AMITY_SHARED"]
