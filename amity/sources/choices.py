from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SourceKind(TextChoices):
    AGENCY = "agency", _("news agency")
    NEWSPAPER = "newspaper", _("newspaper")
    PORTAL = "portal", _("news portal")
    OFFICIAL = "official", _("official publisher")
    ORGANIZATION = "organization", _("organization")
    UNKNOWN = "unknown", _("publisher not known")
    EDITORS = "editors", _("editors’ finding")


NO_VOICE = (SourceKind.UNKNOWN, SourceKind.EDITORS)
"""What has no publisher behind it counts as no voice: an account that nobody can look up, and what
the editors of the record found themselves. Each says why it stands there."""


class Property(TextChoices):
    """Properties that published accounts often differ on. Others may be claimed as well."""

    PRESENTATIONS = "presentations", _("presentations")
    SEMINARS = "seminars", _("seminars")
    SESSIONS = "sessions", _("sessions")
    PARTICIPANTS = "participants", _("participants")
    GROUPS = "groups", _("groups of delegates")
    PHOTOGRAPHS = "photographs", _("photographs")
    SKETCHES = "sketches", _("sketches")
    PANELS = "panels", _("panels")
    STAGE = "stage", _("stage")
    SIGNED = "signed", _("signed")
    WHEN = "when", _("when")
    NAME = "name", _("name")
    POST = "post", _("post")
    FORM = "form", _("form")
    WORDING = "wording", _("wording")
    TWINS = "twins", _("twin cities")
    VALUE = "value", _("value")
    GRADE = "grade", _("grade")
    HOLDER = "holder", _("who holds it")


SPELT = frozenset({Property.NAME})
"""Properties of which values are ways of writing one thing: sources never differ on them."""
