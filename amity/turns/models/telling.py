"""Whom people and offices are told of turns, and that they were, once. None of this is a record."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from amity.foundation.database.constraints import CheckAt
from amity.foundation.models import Letter
from amity.network.models import Side
from amity.record.models import LONGEST_REGISTER_KEY
from amity.turns.choices import (
    LONGEST_WAIT,
    OFFICE_AFTER,
    SIGNATORIES_AFTER,
    ReminderKind,
    Step,
)

from .asking import Turn


class Reminder(models.Model):
    """That a person was reminded of something: once, by the letter that says so.

    `stage`: of what will be due, within how many days; of what waits, 1 for a report to accept, 2
    for one of another side, 3 for a question; of what is late, 1 for a question; 0 otherwise.
    `thing`: a turn, a commitment, a report or a proposal, by its number. `day`: when it is due, or
    since when it is so; a turn that is moved is reminded of anew.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("person"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ReminderKind)
    stage = models.PositiveSmallIntegerField(_("days ahead"), default=0)
    thing = models.CharField(_("about"), max_length=40)
    day = models.DateField(_("day"))
    letter = models.ForeignKey(
        Letter, on_delete=models.CASCADE, related_name="+", verbose_name=_("letter")
    )

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind", "stage", "thing", "day"], name="turns_reminder_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.thing}"


class Escalation(models.Model):
    """How many days after a turn's day a side wants to be told that there is no report.

    None: not at all. `named`: who is told beside the signatories. A side that has set nothing is
    told after the days of `schedule`.
    """

    side = models.OneToOneField(
        Side, on_delete=models.CASCADE, related_name="+", verbose_name=_("side")
    )
    office_after = models.PositiveSmallIntegerField(
        _("days until the office is told"), null=True, blank=True, default=OFFICE_AFTER
    )
    signatories_after = models.PositiveSmallIntegerField(
        _("days until its signatories are told"), null=True, blank=True, default=SIGNATORIES_AFTER
    )
    named = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("also told"),
    )

    class Meta:
        verbose_name = _("escalation of a side")
        verbose_name_plural = _("escalations of sides")
        constraints = [
            CheckAt(
                condition=Q(**{f"{name}__isnull": True})
                | Q(**{f"{name}__gte": 1, f"{name}__lte": LONGEST_WAIT}),
                name=f"turns_escalation_{name}",
                shown_at=name,
                words=_("Expected 1 to 60 days, or nothing."),
            )
            for name in ("office_after", "signatories_after")
        ]

    def __str__(self) -> str:
        return f"{self.side_id} {self.office_after} {self.signatories_after}"


class Escalated(models.Model):
    """That an office was told of a turn without a report: once for each step and day.

    `due_on`: the day of the turn then; one that is moved is told of anew. `people`: how many
    letters were written, none where the office has nobody to tell.
    """

    turn = models.ForeignKey(
        Turn, on_delete=models.CASCADE, related_name="escalated", verbose_name=_("turn")
    )
    due_on = models.DateField(_("due on"))
    step = models.CharField(_("step"), max_length=12, choices=Step)
    office = models.CharField(_("of the office"), max_length=LONGEST_REGISTER_KEY)
    at = models.DateTimeField(_("at"))
    people = models.PositiveSmallIntegerField(_("people"))

    class Meta:
        verbose_name = _("told of a missing report")
        verbose_name_plural = _("told of missing reports")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["turn", "due_on", "step", "office"], name="turns_escalated_once"
            ),
        ]
        indexes = [models.Index(fields=["office", "step"], name="turns_escalated_to")]

    def __str__(self) -> str:
        return f"{self.turn_id} {self.step} {self.office}"


class Digest(models.Model):
    """That the letter of a week was made for a person, or that there was nothing to say."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("person"),
    )
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("weekly letter")
        verbose_name_plural = _("weekly letters")
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="turns_digest_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.day}"


class Ended(models.Model):
    """That a person wants no more reminders of a kind."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("person"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ReminderKind)

    class Meta:
        verbose_name = _("ended reminders")
        verbose_name_plural = _("ended reminders")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="turns_ended_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind}"
