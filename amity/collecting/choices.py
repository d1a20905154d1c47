from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Stage(TextChoices):
    """Where something that was sent in stands, as whoever sent it reads it."""

    RECEIVED = "received", pgettext_lazy("something sent in", "received")
    READING = "reading", pgettext_lazy("something sent in", "being read")
    PUBLISHED = "published", pgettext_lazy("something sent in", "taken up")
    MERGED = "merged", pgettext_lazy("something sent in", "joined to another proposal")
    SPLIT = "split", pgettext_lazy("something sent in", "taken up in parts")
    DECLINED = "declined", pgettext_lazy("something sent in", "not taken up")
    WITHDRAWN = "withdrawn", pgettext_lazy("something sent in", "withdrawn")


WAITING = (Stage.RECEIVED, Stage.READING)
"""Stages in which nobody has decided yet."""
TAKEN_UP = (Stage.PUBLISHED, Stage.MERGED, Stage.SPLIT)
"""Stages in which proposals of the record have come of it."""
