"""Who signs in, and what they may do for which office."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amity.foundation.dates.fields import TimeZoneColumn
from amity.languages.interface import interface_languages
from amity.network.models import Office
from amity.record.choices import Mandate


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
