"""The WSGI application, for `amity serve` and any other WSGI server."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from amity.memory import collect_rarely

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amity.settings.production")


def _set_program_aside() -> None:
    """Tell the garbage collector that what is in memory now stays.

    The hundred thousand objects of the program never go. A look through them keeps a reader
    waiting for as long as three pages take to make.
    """
    import_module(settings.ROOT_URLCONF)  # and with it every room's views
    gc.collect()
    gc.freeze()
    collect_rarely()


application = get_wsgi_application()
_set_program_aside()
