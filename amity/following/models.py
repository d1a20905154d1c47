"""Who follows what by mail. None of this is a record, and no page shows an address."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from amity.languages.interface import interface_languages
from amity.record.models import Entry


class Follower(models.Model):
    """An address that was confirmed, and the language of its letters; removed when it is ended.

    `told`: number of the last change of the trail that was looked at for it. `letter_on`: the day
    of its last letter.
    """

    mail = models.EmailField(_("mail address"), unique=True)
    language = models.CharField(_("language"), max_length=35, choices=interface_languages)
    told = models.BigIntegerField(_("told up to"), default=0)
    letter_on = models.DateField(_("last letter"), null=True, blank=True)

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        indexes = [models.Index(fields=["told"], name="following_follower_told")]

    def __str__(self) -> str:
        return f"follower {self.pk}"


class Follow(models.Model):
    """That somebody follows a record; `since`: the last change before they did."""

    follower = models.ForeignKey(
        Follower, on_delete=models.CASCADE, related_name="follows", verbose_name=_("follower")
    )
    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="+", verbose_name=_("record")
    )
    since = models.BigIntegerField(_("since"))

    class Meta:
        verbose_name = _("what is followed")
        verbose_name_plural = _("what is followed")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["follower", "entry"], name="following_follow_once"),
        ]

    def __str__(self) -> str:
        return f"{self.follower_id} {self.entry_id}"


class Concerned(models.Model):
    """That a record which is removed (`entry`) concerned a `thing` that can be followed.

    Written as it goes, for no way leads from it any more; gone when the history brings it back.
    """

    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="+", verbose_name=_("removed record")
    )
    thing = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="+", verbose_name=_("what it concerned")
    )

    class Meta:
        verbose_name = _("what a removed record concerned")
        verbose_name_plural = _("what removed records concerned")
        constraints = [
            models.UniqueConstraint(fields=["entry", "thing"], name="following_concerned_once"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.thing_id}"


class Asked(models.Model):
    """That letters about a record were asked for, for an address that is not confirmed yet.

    `digest` is all that is kept of the secret in the link. Removed when it is confirmed or expires.
    """

    mail = models.EmailField(_("mail address"))
    language = models.CharField(_("language"), max_length=35, choices=interface_languages)
    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="+", verbose_name=_("record")
    )
    digest = models.CharField(_("digest of the secret"), max_length=64, unique=True)
    expires_at = models.DateTimeField(_("expires"), db_index=True)

    class Meta:
        verbose_name = _("address to be confirmed")
        verbose_name_plural = _("addresses to be confirmed")

    def __str__(self) -> str:
        return f"{self.entry_id} {self.digest[:8]}"
