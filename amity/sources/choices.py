from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SourceKind(TextChoices):
    AGENCY = "agency", _("news agency")
    NEWSPAPER = "newspaper", _("newspaper")
    PORTAL = "portal", _("news portal")
    OFFICIAL = "official", _("official publisher")
    ORGANIZATION = "organization", _("organization")


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
