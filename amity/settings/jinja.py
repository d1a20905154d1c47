"""Jinja2 as the engine of all pages, with its files in each room's `templates` folder."""

from django.template.backends.jinja2 import Jinja2


class RoomTemplates(Jinja2):
    """Django's Jinja2 backend, looking in `<room>/templates` instead of `<room>/jinja2`."""

    app_dirname = "templates"
