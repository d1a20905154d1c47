"""Columns of the desk's tables."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amity.desk.models import Contact
from amity.foundation.formats.tables import Column

CONTACTS: tuple[Column[Contact], ...] = (
    Column("name", pgettext_lazy("of somebody", "Name"), lambda one: one.name),
    Column("address_as", _("How to address them"), lambda one: one.address_as),
    Column("organization", _("Organization"), lambda one: one.organization),
    Column("post", _("Post"), lambda one: one.post),
    Column("mail", _("Mail address"), lambda one: one.mail),
    Column("telephone", _("Telephone"), lambda one: one.telephone),
    Column("languages", _("Languages they speak"), lambda one: one.languages),
    Column("words", _("What else to know"), lambda one: one.words),
    Column("origin", _("Where this is from"), lambda one: one.origin),
    Column("keep_until", _("Kept until"), lambda one: one.keep_until),
)
