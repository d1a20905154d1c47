"""What every record shares: an identifier that survives, a dossier, a keeper and readers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amity.foundation.database.constraints import CheckAt
from amity.foundation.fields import PatternValidator, WholeColumn, WordsColumn
from amity.foundation.models import Change
from amity.languages.fields import LanguagesColumn, TextColumn
from amity.record.choices import ProposalState, StandingState, Verdict
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
    pages, what it belongs to when not; empty when it is on no page. A removed record keeps its
    entry, and so its address; the entry of a renamed one leads to its new entry.
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

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class Standing(models.Model):
    """That a side has confirmed a joint record, bound to a digest of its weighty fields.

    `languages`: the versions that were read when it was confirmed. `given`: the entry of the audit
    trail that says who confirmed; none for what was brought back.
    """

    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="standings", verbose_name=_("record")
    )
    side = models.CharField(_("side"), max_length=LONGEST_REGISTER_KEY)
    state = models.CharField(_("state"), max_length=20, choices=StandingState)
    digest = models.CharField(_("digest"), max_length=64)
    languages = models.JSONField(_("languages read"), default=list, blank=True)
    at = models.DateTimeField(_("confirmed"))
    given = models.ForeignKey(
        Change,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("given by"),
    )

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")
        constraints = [
            models.UniqueConstraint(fields=["entry", "side"], name="record_standing_once"),
        ]
        indexes = [models.Index(fields=["side", "state"], name="record_standing_of_side")]

    def __str__(self) -> str:
        return f"{self.side} {self.state}"


class ProposedChange(models.Model):
    """What a side asks the others to agree to in a record that all of them have confirmed.

    What was sent is never altered. `together`: its fields take effect together or not at all.
    `answers`: the proposed change that this is the side's own version of.
    """

    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="proposals", verbose_name=_("record")
    )
    side = models.CharField(_("side"), max_length=LONGEST_REGISTER_KEY)
    office = models.CharField(_("office"), max_length=LONGEST_REGISTER_KEY)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("person"),
    )
    answers = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="answered_by",
        verbose_name=_("answers"),
    )
    together = models.BooleanField(_("only together"), default=False)
    note = models.TextField(_("note"), max_length=10_000, blank=True)
    at = models.DateTimeField(_("proposed"))

    class Meta:
        verbose_name = _("proposed change")
        verbose_name_plural = _("proposed changes")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.side} {self.entry_id}"


class ProposedField(models.Model):
    """One place of a record in a proposed change: what stands there, and what is to stand.

    `difference` is a `FieldChange` in its JSON form.
    """

    change = models.ForeignKey(
        ProposedChange,
        on_delete=models.CASCADE,
        related_name="fields",
        verbose_name=_("proposed change"),
    )
    position = models.PositiveSmallIntegerField(_("position"))
    difference = models.JSONField(_("before and after"))
    state = models.CharField(
        _("state"), max_length=20, choices=ProposalState, default=ProposalState.OPEN
    )
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposed field")
        verbose_name_plural = _("proposed fields")
        ordering = ["change", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["change", "position"], name="record_proposed_field_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.change_id} {self.position}"


class Reply(models.Model):
    """What a side says to one field of a proposed change; `languages`: the versions it read.

    `by_silence`: it said nothing in the days that all sides have set, which counts as agreeing.
    """

    field = models.ForeignKey(
        ProposedField, on_delete=models.CASCADE, related_name="replies", verbose_name=_("field")
    )
    side = models.CharField(_("side"), max_length=LONGEST_REGISTER_KEY)
    office = models.CharField(_("office"), max_length=LONGEST_REGISTER_KEY, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("person"),
    )
    verdict = models.CharField(_("verdict"), max_length=20, choices=Verdict)
    reasons = models.TextField(_("reasons"), max_length=10_000, blank=True)
    languages = models.JSONField(_("languages read"), default=list, blank=True)
    by_silence = models.BooleanField(_("by silence"), default=False)
    at = models.DateTimeField(_("said"))

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        constraints = [
            models.UniqueConstraint(fields=["field", "side"], name="record_reply_once"),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.verdict}"


class Dispute(models.Model):
    """That a side disputes a joint record, or one place in it, and why.

    Whoever reads the record reads it, until the side withdraws it. `path` is that of the place,
    empty for the whole record; `corrected_at` says when what stands there first changed since.
    """

    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="disputes", verbose_name=_("record")
    )
    side = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="disputing", verbose_name=_("side")
    )
    office = models.CharField(_("office"), max_length=LONGEST_REGISTER_KEY)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("person"),
    )
    path = models.JSONField(_("place"), default=list, blank=True)
    reasons = TextColumn(verbose_name=_("reasons"))
    at = models.DateTimeField(_("disputed"))
    corrected_at = models.DateTimeField(_("corrected"), null=True, blank=True)
    ended_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(
                fields=["entry"], condition=Q(ended_at=None), name="record_dispute_standing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.side_id}"


class SearchDocument(models.Model):
    """What search knows of a record beside its tokens; these are in the database's own index.

    Number and readers are those of the entry. `names`: where they are proper names, all but
    those of the title, folded, a line each, so that one that is the whole query comes first.
    `whole`: two signs for each whole name, so that what is called so and nothing else is found
    among any number that have the words. `partnership`: identifier of the one whose sides are
    concerned, `year`: when it was; both to narrow what was found.
    """

    entry = models.OneToOneField(
        Entry, on_delete=models.CASCADE, primary_key=True, verbose_name=_("record")
    )
    names = models.TextField(_("names"), blank=True)
    whole = models.CharField(_("whole names"), max_length=80, blank=True)
    partnership = models.CharField(_("partnership"), max_length=80, blank=True)
    year = models.SmallIntegerField(_("year"), null=True, blank=True)

    class Meta:
        verbose_name = _("found record")
        verbose_name_plural = _("found records")

    def __str__(self) -> str:
        return str(self.entry_id)


class SearchTerm(models.Model):
    """A token that stands in some record, with the letters by which it is found when mistyped.

    How often it stands somewhere is counted for the reader who asks, among what they may read:
    a number kept here would tell everybody of the rest.
    """

    term = models.CharField(_("term"), max_length=80, primary_key=True)
    head = models.CharField(_("first letters"), max_length=8)
    tail = models.CharField(_("last letters"), max_length=8)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        indexes = [
            models.Index(fields=["head", "term"], name="record_term_head"),
            models.Index(fields=["tail", "term"], name="record_term_tail"),
        ]

    def __str__(self) -> str:
        return self.term


class Picture(Recorded):
    """An image file, stored under the hash of its bytes."""

    sha256 = WordsColumn(_("hash"), max_length=64, db_index=True)
    media_type = WordsColumn(_("media type"), max_length=40)
    width = WholeColumn(_("width in pixels"))
    height = WholeColumn(_("height in pixels"))
    alt = TextColumn(verbose_name=_("description for those who cannot see it"))
    credit = TextColumn(verbose_name=_("credit"), null=True, blank=True)
    licence = WordsColumn(_("licence"), max_length=120)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            CheckAt(
                condition=Q(width__gt=0) & Q(height__gt=0),
                name="record_picture_has_size",
                shown_at="width",
                words=_("a picture has width and height"),
            ),
        ]
