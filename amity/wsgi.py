"""The WSGI application, for `amity serve` and any other WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amity.settings.production")

application = get_wsgi_application()
