"""What a token is for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """What a program may do by a token, beside reading what the office reads."""

    REPORTS = "reports", _("Write reports on commitments, and no other record")
    RECORDS = "records", _("Write records of every kind, and propose changes")
    RELEASE = "release", _("Say who reads a record: release it or withdraw it")
