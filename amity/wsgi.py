"""The WSGI application, for `amity serve` and any other WSGI server."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amity.settings.production")

# A page is made of some ten thousand objects that go with it, beside the hundred thousand of the
# program that never go. By default the collector looks through the former ten times a page, and
# now and then through the latter, when the reader waits for as long as three pages take to make.
OBJECTS_BEFORE_COLLECTING = 50_000


def _set_program_aside() -> None:
    """Tell the garbage collector that what is in memory now stays."""
    import_module(settings.ROOT_URLCONF)  # and with it every room's views
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_BEFORE_COLLECTING, *gc.get_threshold()[1:])


application = get_wsgi_application()
_set_program_aside()
