"""What every record shares: an identifier that survives, a dossier, a keeper and readers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amity.foundation.fields import PatternValidator, WordsColumn
from amity.languages.fields import LanguagesColumn, TextColumn
from amity.record.managers import PublicEntries, PublicRecords

KEY_PATTERN = r"^(?:[a-z0-9]+(?:-[a-z0-9]+)*|[A-Z]-[0-9]{4}-[0-9]{3,6})\Z"
"""Slugs, or numbers such as C-2025-007."""
LONGEST_REGISTER_KEY = 121
"""A kind (40), a colon and an identifier (80)."""

validate_key = PatternValidator(
    KEY_PATTERN,
    _(
        "%(value)s is not an identifier; expected small letters, digits and single hyphens, or a "
        "number such as C-2025-007"
    ),
    "key",
)


class Dossier(models.Model):
    """A body of records that is loaded, exported and vouched for as one."""

    key = WordsColumn(
        _("identifier"),
        max_length=80,
        unique=True,
        validators=[validate_key],
        error_messages={"unique": _("this identifier is taken; expected one of its own")},
    )
    title = TextColumn(verbose_name=_("title"))
    summary = TextColumn(verbose_name=_("summary"), null=True, blank=True)
    fictional = models.BooleanField(_("fictional"), default=False)
    languages = LanguagesColumn(_("languages"), default=list)
    office = WordsColumn(
        _("kept by the office"), max_length=80, blank=True, validators=[validate_key]
    )
    """Identifier of the organization; a reference would point upward."""

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")

    def __str__(self) -> str:
        return self.key


class Recorded(models.Model):
    """A record: found by its key, for ever, in whichever node it is loaded.

    `keeper` says who may change it: the register key of an office (`organization:…`), a side
    (`side:…`) or a partnership, whose sides then keep it together; empty for what is common.
    `readers` says who may read it: `public`, or the register key of a partnership, a side or an
    office. Both follow from `keeping.py` of the room. `revision` rises with each change of what
    people write. Only `record.actions` writes any of these, and the record itself.
    """

    dossier = models.ForeignKey(
        "record.Dossier", on_delete=models.PROTECT, related_name="+", verbose_name=_("dossier")
    )
    key = WordsColumn(
        _("identifier"),
        max_length=80,
        unique=True,
        validators=[validate_key],
        error_messages={"unique": _("this identifier is taken; expected one of its own")},
    )
    keeper = models.CharField(
        _("keeper"), max_length=LONGEST_REGISTER_KEY, blank=True, db_index=True, editable=False
    )
    begun_by = models.CharField(
        _("begun by"), max_length=LONGEST_REGISTER_KEY, blank=True, editable=False
    )
    readers = models.CharField(
        _("readers"), max_length=LONGEST_REGISTER_KEY, db_index=True, editable=False
    )
    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)

    objects = PublicRecords()
    everything = models.Manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key


class Entry(models.Model):
    """The register: one row per record, so that anything can be named and linked in one query.

    `page_kind` and `page_key` name the record on whose page it is read: itself when its kind has
    pages, what it belongs to when not; empty when it is on no page. `joint`: the partnership whose
    sides confirm it, and `begun_by` who began it; both empty where none do, or where it is
    confirmed as part of something. A removed record keeps its entry, and so its address; the
    entry of a renamed one leads to its new entry.
    """

    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("identifier"), max_length=80)
    dossier = models.ForeignKey(
        Dossier, on_delete=models.PROTECT, related_name="+", verbose_name=_("dossier")
    )
    title = TextColumn(verbose_name=_("title"))
    page_kind = models.CharField(_("kind of its page"), max_length=40, blank=True)
    page_key = models.CharField(_("identifier of its page"), max_length=80, blank=True)
    readers = models.CharField(_("readers"), max_length=LONGEST_REGISTER_KEY, db_index=True)
    joint = models.CharField(_("keeper"), max_length=LONGEST_REGISTER_KEY, blank=True)
    begun_by = models.CharField(_("begun by"), max_length=LONGEST_REGISTER_KEY, blank=True)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    removed_by = models.CharField(_("removed by"), max_length=LONGEST_REGISTER_KEY, blank=True)
    removed_why = models.TextField(_("reason of the removal"), blank=True)
    moved_to = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("moved to"),
    )

    objects = PublicEntries()
    everything = models.Manager()

    class Meta:
        verbose_name = _("register entry")
        verbose_name_plural = _("register entries")
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="record_entry_kind_key"),
        ]
        indexes = [
            models.Index(
                fields=["joint", "id", "begun_by", "readers"],
                condition=Q(removed_at=None, moved_to=None),
                name="record_entry_joint",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"
