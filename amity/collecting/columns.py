"""Columns of the table of what was sent in, for the offices that read it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amity.collecting.models import Submission
from amity.collecting.telling import number_of
from amity.foundation.formats.tables import Column

SUBMISSIONS: tuple[Column[Submission], ...] = (
    Column("number", _("Number"), number_of),
    Column("at", _("Sent"), lambda one: one.at.isoformat(timespec="minutes")),
    Column("stage", pgettext_lazy("something sent in", "Stage"), lambda one: one.stage),
    Column("kind", _("Kind"), lambda one: one.kind),
    Column("title", _("Title"), lambda one: one.title),
    Column("words", _("Text"), lambda one: one.words),
    Column("language", _("Language"), lambda one: one.language),
    Column("name", pgettext_lazy("of somebody", "Name"), lambda one: one.name),
    Column("shown", _("The name may be shown"), lambda one: "yes" if one.shown else "no"),
    Column("organization", _("Organization"), lambda one: one.organization),
    Column("others", _("With"), lambda one: one.others),
    Column("mail", _("Mail address"), lambda one: one.mail),
    Column("files", _("Files"), lambda one: ", ".join(file.name for file in one.files.all())),
    Column("reason", _("Reason"), lambda one: one.reason),
)
