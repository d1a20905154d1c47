"""The words of keeping, reading and agreeing."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Mandate(models.TextChoices):
    """What a person who signs in may do for an office."""

    OFFICER = "officer", _("officer")
    """Writes and releases."""
    EDITOR = "editor", _("editor")
    """Writes."""
    SIGNATORY = "signatory", pgettext_lazy("mandate", "signatory")
    """Agrees and signs."""
    REVIEWER = "reviewer", _("reviewer")
    """Assesses commitments."""
    OBSERVER = "observer", _("observer")
    """Reads."""


class KeptBy(models.TextChoices):
    """Who may change the records of a kind."""

    NOBODY = "nobody", _("nobody (common)")
    """Every office adds and mends them; the history says who."""
    OFFICE = "office", _("the office that recorded it")
    SIDE = "side", _("the side that it names")
    PARTNERSHIP = "partnership", _("all sides of the partnership together")
    OWNER = "owner", _("whoever keeps what it is part of")


class Audience(models.TextChoices):
    """Who may read a record."""

    PUBLIC = "public", _("everybody")
    CIRCLE = "circle", _("the sides of the partnership")
    KEEPER = "keeper", _("the keeper alone")


class StandingState(models.TextChoices):
    """Whether a side has confirmed a joint record as it stands."""

    CONFIRMED = "confirmed", _("confirmed")
    VOID = "void", _("confirmed before it changed")
    DISAVOWED = "disavowed", _("confirmed without the right to")


class ProposalState(models.TextChoices):
    """What became of one field of a proposed change."""

    OPEN = "open", _("open")
    AGREED = "agreed", _("agreed")
    OBJECTED = "objected", _("objected to")
    WITHDRAWN = "withdrawn", _("withdrawn")
    OVERTAKEN = "overtaken", _("overtaken")
    """Something else stands there now than what was to be changed."""


class Verdict(models.TextChoices):
    """What a side says to one field of a proposed change."""

    AGREE = "agree", _("agrees")
    OBJECT = "object", _("objects")
