"""The settings of the tests, with the addresses of this folder."""

from amity.settings.test import *  # noqa: F403 - a settings module is the union of its parts

ROOT_URLCONF = "tests.serving.urls"
ALLOWED_HOSTS = ["*"]
DEFAULT_CHARSET = "utf-8"
