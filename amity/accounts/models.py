"""People who sign in, and what each may do for which office."""

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amity.foundation.dates.fields import TimeZoneColumn
from amity.network.models import Office
from amity.record.choices import Mandate


def interface_languages() -> list[tuple[str, str]]:
    """What to choose from; asked for each time, so that a new language needs no migration."""
    return list(settings.LANGUAGES)


class Weekday(models.IntegerChoices):
    """Days of the week as Python counts them."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Users(BaseUserManager["User"]):
    """Finds people by their address, however its letters are written."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def with_address(self, address: str) -> "User | None":
        """Whoever signs in with this address, however its letters are written."""
        return self.filter(email__iexact=address).first()


class User(AbstractBaseUser):
    """A person who signs in. `administrator`: of the installation, and no party to anything."""

    email = models.EmailField(_("mail address"))
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=200)
    language = models.CharField(_("language"), max_length=35, choices=interface_languages)
    timezone = TimeZoneColumn(_("time zone"), max_length=64, default="UTC")
    digest_day = models.PositiveSmallIntegerField(
        _("day of the weekly letter"),
        choices=Weekday,
        default=Weekday.MONDAY,
        null=True,
        blank=True,
        help_text=_("What is due, late, or waits for you, in one letter. Empty: none."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    administrator = models.BooleanField(_("administrator"), default=False)

    objects = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("person who signs in")
        verbose_name_plural = _("people who sign in")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_address_once",
                violation_error_message=_("Somebody signs in with this address already."),
            ),
        ]

    def __str__(self) -> str:
        return self.email


class MandateHeld(models.Model):
    """That a person may do something for an office, from one moment to another."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="mandates", verbose_name=_("person")
    )
    office = models.ForeignKey(
        Office, on_delete=models.CASCADE, related_name="mandates", verbose_name=_("office")
    )
    mandate = models.CharField(_("mandate"), max_length=20, choices=Mandate)
    since = models.DateTimeField(_("since"))
    ended = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "office", "mandate"],
                condition=Q(ended__isnull=True),
                name="accounts_mandate_once",
                violation_error_message=_("This mandate is held already."),
            ),
            models.CheckConstraint(
                condition=Q(ended__isnull=True) | Q(ended__gte=F("since")),
                name="accounts_mandate_ends_later",
                violation_error_message=_("A mandate ends after it began."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.mandate} {self.office_id}"


class Invitation(models.Model):
    """That somebody may come to act for an office, or administer the installation.

    The link that is mailed holds a secret; `digest` is all that is kept of it. It works once and
    until `expires_at`. Without an `office` it is for an administrator.
    """

    digest = models.CharField(_("digest of the secret"), max_length=64, unique=True)
    email = models.EmailField(_("mail address"))
    language = models.CharField(_("language"), max_length=35, choices=interface_languages)
    office = models.ForeignKey(
        Office,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name=_("office"),
    )
    mandate = models.CharField(_("mandate"), max_length=20, choices=Mandate, blank=True)
    invited_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("invited by"),
    )
    made_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(office__isnull=True, mandate="")
                | Q(office__isnull=False) & ~Q(mandate=""),
                name="accounts_invitation_is_for_something",
                violation_error_message=_("Say for which office, and with which mandate."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} {self.mandate or 'administrator'}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be taken up."""
        ended = self.used_at is not None or self.withdrawn_at is not None
        return not ended and self.expires_at > timezone.now()


class LostFactor(models.Model):
    """That somebody has lost their second factor and asks to set up another without it.

    It takes effect at `effective_at`, a day after enough others have vouched that it was really
    them; until it was used, anybody concerned can stop it. `stopped_by` is empty where that was
    done by the link in the letter, or where it ran out.
    """

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="lost_factors", verbose_name=_("person")
    )
    asked_at = models.DateTimeField(_("asked"))
    expires_at = models.DateTimeField(_("expires"))
    effective_at = models.DateTimeField(_("takes effect"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)
    stopped_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("stopped by"),
    )
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("lost second factor")
        verbose_name_plural = _("lost second factors")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(stopped_at__isnull=True, used_at__isnull=True),
                name="accounts_lost_factor_once",
                violation_error_message=_("This has been asked already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.asked_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """Whether it was neither used nor stopped, and its time has not run out."""
        ended = self.used_at is not None or self.stopped_at is not None
        return not ended and self.expires_at > timezone.now()


class Vouching(models.Model):
    """That somebody vouches for whoever lost their second factor: they spoke with them.

    `by` is empty where the administrator did it by a command.
    """

    lost = models.ForeignKey(
        LostFactor,
        on_delete=models.CASCADE,
        related_name="vouchings",
        verbose_name=_("lost second factor"),
    )
    by = models.ForeignKey(
        User,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("vouched for by"),
    )
    at = models.DateTimeField(_("vouched"))

    class Meta:
        verbose_name = _("vouching for somebody")
        verbose_name_plural = _("vouchings for somebody")
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["lost", "by"],
                name="accounts_vouching_once",
                violation_error_message=_("You have vouched already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lost_id} {self.by_id}"


class Deputy(models.Model):
    """That a colleague stands in for somebody at an office, from one day to another.

    On these days, both of them too, by the clocks of the office, the colleague writes and releases
    there as the absent person does, and gets the letters that they get.
    """

    office = models.ForeignKey(
        Office, on_delete=models.CASCADE, related_name="deputies", verbose_name=_("office")
    )
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="absences", verbose_name=_("absent")
    )
    deputy = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="stands_in", verbose_name=_("deputy")
    )
    first = models.DateField(_("first day"))
    last = models.DateField(_("last day"))
    made_at = models.DateTimeField(_("made"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        ordering = ["first", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="accounts_deputy_ends_later",
                violation_error_message=_("The last day comes before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(user=F("deputy")),
                name="accounts_deputy_is_another",
                violation_error_message=_("Nobody stands in for themselves."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["deputy", "office"],
                condition=Q(ended_at__isnull=True),
                name="accounts_deputy_of",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy_id} for {self.user_id} {self.first}"


class Limit(models.Model):
    """The table of Django's cache in the database, in which tries to sign in are counted.

    Only `django.core.cache.backends.db` reads and writes it; it is a model so that a migration
    makes the table.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("limit of tries")
        verbose_name_plural = _("limits of tries")

    def __str__(self) -> str:
        return self.cache_key
