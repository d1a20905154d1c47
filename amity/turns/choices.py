from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReminderKind(TextChoices):
    """What a person is reminded of; each can be ended by itself."""

    DUE = "due", _("what will be due")
    LATE = "late", _("what is late")
    DIFFER = "differ", _("where the sides differ")
    WAITING = "waiting", _("what waits for you")


class TurnState(TextChoices):
    """Where a turn stands, as the side that holds the commitment sees it."""

    NOBODY = "nobody", _("nobody in charge")
    PLANNED = "planned", pgettext_lazy("turn", "not asked yet")
    ASKED = "asked", pgettext_lazy("turn", "asked")
    UNREACHED = "unreached", _("the letter did not arrive")
    OPENED = "opened", _("form begun")
    SILENT = "silent", pgettext_lazy("turn", "silent")
    SUBMITTED = "submitted", _("report to accept")
    RETURNED = "returned", pgettext_lazy("turn", "given back")
    ACCEPTED = "accepted", _("reported and accepted")
