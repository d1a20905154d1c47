"""What stands at the desk and nowhere else: drafts, notes, contacts, and who has what open."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amity.foundation.database.constraints import CheckAt
from amity.network.models import Person, Side
from amity.record.models import LONGEST_REGISTER_KEY, Entry

FEWEST_DAYS = 3
"""Of a silence procedure: one to be told on, and two after it was said again."""
MOST_DAYS = 60


class Draft(models.Model):
    """What somebody typed and has not saved: one of each person for each record, or new one.

    The only place for drafts. It touches no record and nobody else sees it. `values` are the
    fields of the form as they were sent, `opened` the number of the last change of the record
    when the form was opened. `place` tells new ones of a kind apart: what they are part of.
    `form` names the opened form that kept it, and `done` the one that was saved last: what that
    one sends later, because the network was slow, is kept no more. Without values there is none.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="drafts",
        verbose_name=_("person"),
    )
    office = models.CharField(_("for the office"), max_length=LONGEST_REGISTER_KEY)
    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("identifier"), max_length=80, blank=True)
    place = models.CharField(_("part of"), max_length=LONGEST_REGISTER_KEY, blank=True)
    opened = models.BigIntegerField(_("last change when opened"), default=0)
    values = models.JSONField(_("values"), default=dict)
    form = models.CharField(_("form"), max_length=40, blank=True)
    done = models.CharField(_("form that was saved"), max_length=40, blank=True)
    number = models.PositiveIntegerField(_("number of the last keeping"), default=0)
    kept_at = models.DateTimeField(_("kept"))

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        ordering = ["-kept_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "office", "kind", "key", "place"], name="desk_draft_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}:{self.key or 'new'}"


class Note(models.Model):
    """A note of an office on a record, for its own people alone; or a comment for all sides.

    `shared`: read at the desks of every side of the partnership that keeps the record, and nowhere
    else: no page, search, feed, export or history knows either.
    """

    office = models.CharField(_("of the office"), max_length=LONGEST_REGISTER_KEY)
    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("identifier"), max_length=80)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("written by"),
    )
    words = models.TextField(_("words"), max_length=10_000)
    shared = models.BooleanField(_("for all sides at their desks"), default=False)
    at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-at"]
        indexes = [models.Index(fields=["kind", "key", "office"], name="desk_note_on")]

    def __str__(self) -> str:
        return f"{self.office} {self.kind}:{self.key}"


class Attachment(models.Model):
    """A file on a record: for the office that put it there, or for whoever reads the record.

    Its bytes are kept under their hash. The type is what the content is, whatever it was called.
    `shared`: read by whoever reads the record at a desk; `public`: where everybody reads the
    record, by everybody. `enclosed`: part of what the sides of a joint record confirm; any other
    stands beside it. `language` is a tag, empty for none said.
    """

    office = models.CharField(_("of the office"), max_length=LONGEST_REGISTER_KEY)
    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("identifier"), max_length=80)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("put there by"),
    )
    name = models.CharField(_("name of the file"), max_length=130)
    media_type = models.CharField(_("media type"), max_length=100)
    sha256 = models.CharField(_("hash"), max_length=64, db_index=True)
    size = models.PositiveIntegerField(_("size in bytes"))
    shared = models.BooleanField(_("for whoever reads the record at a desk"), default=False)
    public = models.BooleanField(_("for whoever reads the record"), default=False)
    enclosed = models.BooleanField(_("confirmed with the record"), default=False)
    description = models.CharField(_("what it is"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=20, blank=True)
    at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["-at"]
        indexes = [models.Index(fields=["kind", "key"], name="desk_attachment_on")]

    def __str__(self) -> str:
        return f"{self.office} {self.kind}:{self.key}"


class ProposedMerge(models.Model):
    """That an office asks another to let two records be one, of which each keeps one.

    What was sent is never altered: `stays` and `goes` as they stood at these revisions, and the
    `state` that shall stand in the one that stays. `answering` is the office that is asked.
    """

    class Outcome(models.TextChoices):
        AGREED = "agreed", pgettext_lazy("a proposal to merge", "merged")
        DECLINED = "declined", pgettext_lazy("a proposal to merge", "declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("a proposal to merge", "withdrawn")

    stays = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="+", verbose_name=_("record that stays")
    )
    stays_revision = models.PositiveIntegerField(_("revision"))
    goes = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="+", verbose_name=_("record that goes")
    )
    goes_revision = models.PositiveIntegerField(_("revision"))
    state = models.JSONField(_("what shall stand"))
    office = models.CharField(_("of the office"), max_length=LONGEST_REGISTER_KEY)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    answering = models.CharField(
        _("office that is asked"), max_length=LONGEST_REGISTER_KEY, db_index=True
    )
    reason = models.CharField(_("reason"), max_length=1_000, blank=True)
    at = models.DateTimeField(_("proposed"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    reply = models.CharField(_("reply"), max_length=1_000, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposal to merge")
        verbose_name_plural = _("proposals to merge")
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["stays", "goes"],
                condition=models.Q(outcome=""),
                name="desk_merge_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.stays_id} {self.goes_id}"


class Contact(models.Model):
    """Somebody in an office's own book, which nobody outside the office ever reads.

    It is no record: no page, search, feed, export of a dossier, history or mail knows it. It says
    where it is from, and goes by itself after the day until which it is kept.
    """

    office = models.CharField(_("of the office"), max_length=LONGEST_REGISTER_KEY)
    name = models.CharField(pgettext_lazy("of somebody", "name"), max_length=200)
    address_as = models.CharField(_("how to address them"), max_length=200, blank=True)
    organization = models.CharField(_("organization"), max_length=200, blank=True)
    post = models.CharField(_("post"), max_length=200, blank=True)
    mail = models.EmailField(_("mail address"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=100, blank=True)
    languages = models.CharField(_("languages they speak"), max_length=200, blank=True)
    person = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("the same person in the record"),
    )
    words = models.TextField(_("what else to know"), max_length=4_000, blank=True)
    origin = models.CharField(_("where this is from"), max_length=300)
    keep_until = models.DateField(_("kept until"))
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = pgettext_lazy("in an office’s book", "contact")
        verbose_name_plural = _("contacts")
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["office", "name"], name="desk_contact_of"),
            models.Index(fields=["keep_until"], name="desk_contact_until"),
        ]

    def __str__(self) -> str:
        return f"{self.office} {self.pk}"


class Editing(models.Model):
    """That somebody has the form of a record open, as of `seen_at`."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("person"),
    )
    kind = models.CharField(_("kind"), max_length=40)
    key = models.CharField(_("identifier"), max_length=80)
    seen_at = models.DateTimeField(_("seen"))

    class Meta:
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "key"], name="desk_editing_once"),
        ]
        indexes = [models.Index(fields=["kind", "key", "seen_at"], name="desk_editing_of")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}:{self.key}"


class PlannedRelease(models.Model):
    """That a record is to be read by everybody from a moment on, as it stands then.

    It is done with the rights that whoever set it has by then. `outcome` is empty until it is
    settled; `failure` says in words why it was refused.
    """

    class Outcome(models.TextChoices):
        """What became of it."""

        RELEASED = "released", _("released")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="planned_releases", verbose_name=_("record")
    )
    office = models.CharField(_("of the office"), max_length=LONGEST_REGISTER_KEY)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("person"),
    )
    due = models.DateTimeField(_("when"))
    made_at = models.DateTimeField(_("made"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    failure = models.TextField(_("why not"), blank=True)

    class Meta:
        verbose_name = _("planned release")
        verbose_name_plural = _("planned releases")
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=models.Q(outcome=""),
                name="desk_planned_release_once",
            ),
        ]
        indexes = [
            models.Index(fields=["outcome", "due"], name="desk_planned_release_due"),
            models.Index(fields=["office", "outcome"], name="desk_planned_release_of"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.due:%Y-%m-%d}"


class SilenceDays(models.Model):
    """In how many working days a side wants proposed changes objected to, or else agreed.

    A partnership has the silence procedure while all its sides have set the same number. It holds
    for what is proposed after the last of them did: so `set_at` moves with the number.
    """

    side = models.OneToOneField(
        Side, on_delete=models.CASCADE, related_name="silence", verbose_name=_("side")
    )
    days = models.PositiveSmallIntegerField(_("working days"))
    set_at = models.DateTimeField(_("set"))

    class Meta:
        verbose_name = _("silence procedure of a side")
        verbose_name_plural = _("silence procedures of sides")
        constraints = [
            CheckAt(
                condition=models.Q(days__gte=FEWEST_DAYS, days__lte=MOST_DAYS),
                name="desk_silence_days",
                shown_at="days",
                words=_("expected 3 to 60 working days"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side_id} {self.days}"
