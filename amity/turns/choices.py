from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TurnState(TextChoices):
    """Where a turn stands, as the side that holds the commitment sees it."""

    NOBODY = "nobody", _("nobody to ask")
    PLANNED = "planned", pgettext_lazy("turn", "not asked yet")
    ASKED = "asked", pgettext_lazy("turn", "asked")
    UNREACHED = "unreached", _("the letter did not arrive")
    OPENED = "opened", _("form begun")
    SILENT = "silent", pgettext_lazy("turn", "silent")
    SUBMITTED = "submitted", _("report to accept")
    RETURNED = "returned", pgettext_lazy("turn", "given back")
    ACCEPTED = "accepted", _("reported and accepted")
