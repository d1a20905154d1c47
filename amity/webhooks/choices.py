"""What webhooks can hear of, and what becomes of a delivery."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Topic(models.TextChoices):
    """Kinds of records that are chosen together."""

    COMMITMENTS = "commitments", _("Commitments, reports and reviews")
    PROPOSALS = "proposals", _("Proposals and answers")
    GATHERINGS = "gatherings", _("Gatherings and their programmes")
    PARTNERSHIPS = "partnerships", _("Partnerships and agreements")
    ACTORS = "actors", _("People, organizations and places")
    SOURCES = "sources", _("Sources and what they say")


KINDS: Mapping[Topic, tuple[str, ...]] = {
    Topic.COMMITMENTS: ("commitment", "report", "review", "disposition", "indicator"),
    Topic.PROPOSALS: ("proposal", "answer", "statement"),
    Topic.GATHERINGS: (
        *("gathering", "series", "session", "contribution", "room", "panel", "work"),
        *("delegation", "group", "delegate"),
    ),
    Topic.PARTNERSHIPS: ("partnership", "side", "agreement"),
    Topic.ACTORS: ("person", "membership", "organization", "area", "theme"),
    Topic.SOURCES: ("source", "article", "passage"),
}
"""Topic → the kinds of records that it holds; each kind that is told stands in one."""


class Trouble(models.TextChoices):
    """Why a request did not do."""

    ADDRESS = "address", _("The name leads to an address that is not on the public internet.")
    NAME = "name", _("The name is not known.")
    CONNECTION = "connection", _("There was no connection.")
    CERTIFICATE = "certificate", _("The certificate of the receiver is not valid.")
    LATE = "late", _("The receiver took too long.")
    GARBLED = "garbled", _("What came back was no answer.")
    REDIRECT = "redirect", _("The receiver sent us elsewhere, and we do not follow.")
    STATUS = "status", _("The receiver did not accept it.")


class Pause(models.TextChoices):
    """Why a webhook is told nothing."""

    PERSON = "person", _("paused by an officer")
    FAILING = "failing", _("stopped, since nothing arrived for days")
    GONE = "gone", _("stopped, since the receiver said that it is gone")


class DeliveryState(models.TextChoices):
    """What became of a delivery."""

    WAITS = "waits", pgettext_lazy("of a delivery", "waits")
    SENT = "sent", pgettext_lazy("of a delivery", "arrived")
    FAILED = "failed", pgettext_lazy("of a delivery", "failed, is tried again")
    GIVEN_UP = "given_up", pgettext_lazy("of a delivery", "given up")
    WITHHELD = "withheld", pgettext_lazy("of a delivery", "not sent: not public any more")
