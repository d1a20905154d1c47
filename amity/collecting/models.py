"""Forms through which people propose something for a gathering, and what they send.

None of this is a record. Names and mail addresses stand here alone: in no page for the public,
feed, search, interface or export. What an office takes up becomes a `followup.Proposal`.
"""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amity.collecting.choices import WAITING, Stage
from amity.followup.choices import ProposalKind
from amity.languages.fields import TextColumn
from amity.languages.interface import interface_languages
from amity.record.models import LONGEST_REGISTER_KEY, Entry

LONGEST_TITLE = 200
LONGEST_WORDS = 8_000
"""Characters; a page is about three thousand."""
MOST_A_DAY = 5_000


class Call(models.Model):
    """The form of a gathering: from when until when proposals are taken, and from whom.

    `gathering`: its entry in the register, which outlives renaming. `code`: part of the address of
    a form that is for those who were given it; None for one that everybody finds. `most_a_day`:
    how many the form takes within 24 hours. `keeper`: the partnership whose sides read what is
    sent in, when the gathering is no more, too. `office`: which set it last.
    """

    gathering = models.OneToOneField(
        Entry, on_delete=models.PROTECT, related_name="+", verbose_name=_("gathering")
    )
    code = models.CharField(_("code"), max_length=40, null=True, blank=True, unique=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    introduction = TextColumn(verbose_name=_("what it is about"), null=True, blank=True)
    who = TextColumn(verbose_name=_("who may propose"), null=True, blank=True)
    most_a_day = models.PositiveIntegerField(
        _("most in 24 hours"),
        default=500,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_A_DAY)],
    )
    keeper = models.CharField(
        _("keeper"), max_length=LONGEST_REGISTER_KEY, blank=True, db_index=True
    )
    office = models.CharField(_("of the office"), max_length=LONGEST_REGISTER_KEY)
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("form for proposals")
        verbose_name_plural = _("forms for proposals")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="collecting_call_closes_after_it_opens",
                violation_error_message=_("A form closes after it opens."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gathering_id} {self.opens_at:%Y-%m-%d}"


class Submission(models.Model):
    """What somebody sent through a form.

    `number`: of the form, from 1. `others`: who proposes it too, one in each line. `shown`: that
    the name may stand with the proposal; `written_to`: that letters may be sent to `mail`.
    `seed` and the installation's own key make the secret of its link, of which `digest` is kept.
    `sender`: a digest of the network address, for a day. `office`: which decided last; `reason`:
    why it was declined, in the language `reason_language`. `again`: how often it was decided on
    anew. `aside`: it came when the form had taken its most of a day, or what people do not see
    was filled in; it waits apart until an officer brings it in. `unnamed_at`: since when the name
    may be shown no more.
    """

    call = models.ForeignKey(
        Call, on_delete=models.PROTECT, related_name="submissions", verbose_name=_("form")
    )
    number = models.PositiveIntegerField(_("number"))
    at = models.DateTimeField(_("sent"))
    kind = models.CharField(_("kind"), max_length=20, choices=ProposalKind)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE, blank=True)
    words = models.TextField(_("what is proposed"), max_length=LONGEST_WORDS, blank=True)
    language = models.CharField(_("language"), max_length=35, choices=interface_languages)
    name = models.CharField(pgettext_lazy("of somebody", "name"), max_length=200, blank=True)
    organization = models.CharField(_("organization"), max_length=200, blank=True)
    others = models.TextField(_("who proposes it too"), max_length=4_000, blank=True)
    mail = models.EmailField(_("mail address"), blank=True)
    shown = models.BooleanField(_("the name may be shown"), default=False)
    written_to = models.BooleanField(_("letters may be sent"), default=False)
    stage = models.CharField(
        pgettext_lazy("something sent in", "stage"),
        max_length=10,
        choices=Stage,
        default=Stage.RECEIVED,
        editable=False,
    )
    stage_at = models.DateTimeField(_("at this stage since"))
    office = models.CharField(_("for the office"), max_length=LONGEST_REGISTER_KEY, blank=True)
    reason = models.TextField(_("reason"), max_length=4_000, blank=True)
    reason_language = models.CharField(_("language of the reason"), max_length=35, blank=True)
    aside = models.BooleanField(_("set aside"), default=False, editable=False)
    again = models.PositiveSmallIntegerField(_("decided on anew"), default=0, editable=False)
    unnamed_at = models.DateTimeField(_("name shown no more since"), null=True, blank=True)
    seed = models.CharField(_("seed of the secret"), max_length=64)
    digest = models.CharField(_("digest of the secret"), max_length=64, unique=True)
    sender = models.CharField(_("digest of the sender"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("proposal sent in")
        verbose_name_plural = _("proposals sent in")
        ordering = ["call", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "number"], name="collecting_submission_number_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["at"],
                condition=Q(stage__in=WAITING),
                name="collecting_submission_waits",
            ),
            models.Index(fields=["call", "at"], name="collecting_submission_of"),
            models.Index(fields=["sender", "at"], name="collecting_submission_from"),
            models.Index(Lower("mail"), "at", name="collecting_submission_to"),
        ]

    def __str__(self) -> str:
        return f"{self.call_id}/{self.number}"

    @property
    def waits(self) -> bool:
        """Whether nobody has decided on it yet."""
        return self.stage in WAITING


class SentFile(models.Model):
    """A file that came with something sent in, or waits for a form that could not be taken yet.

    `held`: a digest of what the form calls its files by; `submission`: None while it waits.
    `place`: where the bytes are, of this row alone, so that they go when it goes. `sender`: as of
    a submission. `published`: the proposal of the record with which everybody gets it.
    """

    call = models.ForeignKey(
        Call, on_delete=models.PROTECT, related_name="+", verbose_name=_("form")
    )
    submission = models.ForeignKey(
        Submission,
        on_delete=models.CASCADE,
        null=True,
        related_name="files",
        verbose_name=_("proposal sent in"),
    )
    held = models.CharField(_("digest of what holds it"), max_length=64, blank=True)
    place = models.CharField(_("place of its bytes"), max_length=32, unique=True)
    name = models.CharField(_("name of the file"), max_length=130)
    media_type = models.CharField(_("media type"), max_length=100)
    sha256 = models.CharField(_("hash"), max_length=64)
    size = models.PositiveIntegerField(_("size in bytes"))
    sender = models.CharField(_("digest of the sender"), max_length=64, blank=True)
    at = models.DateTimeField(_("sent"))
    published = models.ForeignKey(
        Entry, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("published")
    )

    class Meta:
        verbose_name = _("file sent in")
        verbose_name_plural = _("files sent in")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["held", "sha256"], condition=~Q(held=""), name="collecting_file_held_once"
            ),
        ]
        indexes = [
            models.Index(fields=["sender", "at"], name="collecting_file_from"),
            models.Index(
                fields=["at"],
                condition=Q(submission__isnull=True),
                name="collecting_file_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.name}"


class Became(models.Model):
    """That a proposal of the record came of something sent in, or (not its `own`) took it in."""

    submission = models.ForeignKey(
        Submission,
        on_delete=models.CASCADE,
        related_name="became",
        verbose_name=_("proposal sent in"),
    )
    proposal = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="+", verbose_name=_("proposal")
    )
    own = models.BooleanField(_("begun for it"), default=True)

    class Meta:
        verbose_name = _("what became of it")
        verbose_name_plural = _("what became of them")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "proposal"], name="collecting_became_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.proposal_id}"


class Told(models.Model):
    """That whoever sent something in was told of what followed: `about` names it, once."""

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="+", verbose_name=_("proposal sent in")
    )
    about = models.CharField(_("about"), max_length=160)

    class Meta:
        verbose_name = _("told of what followed")
        verbose_name_plural = _("told of what followed")
        constraints = [
            models.UniqueConstraint(fields=["submission", "about"], name="collecting_told_once"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.about}"


class Followed(models.Model):
    """How far the room has followed the audit trail: the last change that was seen."""

    change = models.BigIntegerField(_("last change seen"), default=0)

    class Meta:
        verbose_name = _("how far answers are followed")
        verbose_name_plural = _("how far answers are followed")

    def __str__(self) -> str:
        return str(self.change)
