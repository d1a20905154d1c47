from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReminderKind(TextChoices):
    """What a person is reminded of; each can be ended by itself."""

    DUE = "due", _("what will be due")
    LATE = "late", _("what is late")
    DIFFER = "differ", _("where the sides differ")
    WAITING = "waiting", _("what waits for you")


UNANSWERED = 1
"""Of what is late, the stage of a question that was not answered by its day."""


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


class Step(TextChoices):
    """Who is told that a turn has no report, one after the other."""

    OFFICE = "office", _("the people of the office")
    SIGNATORIES = "signatories", _("its signatories, and whoever the side has named")


OFFICE_AFTER = 7
"""Days after a turn's day when its office is told that there is no report, unless the side says."""
SIGNATORIES_AFTER = 21
"""Days after which the signatories of the office are."""
LONGEST_TERM = 730
"""So many days a side has at most to answer, where days are counted."""
LONGEST_WAIT = 60
"""So many days a side waits at most."""
