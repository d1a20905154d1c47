from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SourceKind(TextChoices):
    AGENCY = "agency", _("news agency")
    NEWSPAPER = "newspaper", _("newspaper")
    PORTAL = "portal", _("news portal")
    OFFICIAL = "official", _("official publisher")
    ORGANIZATION = "organization", _("organization")
