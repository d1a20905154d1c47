from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AreaKind(TextChoices):
    COUNTRY = "country", _("country")
    PROVINCE = "province", _("province")
    CITY = "city", _("city")


class OrganizationKind(TextChoices):
    FRIENDSHIP_UNION = "friendship_union", _("friendship union")
    ASSOCIATION = "association", _("association")
    AUTHORITY = "authority", _("authority")
    MINISTRY = "ministry", _("ministry")
    GOVERNMENT = "government", _("government")
    PARTY = "party", _("political organization")
    YOUTH = "youth", _("youth organization")
    FOUNDATION = "foundation", _("foundation")
    COMPANY = "company", _("company")
    UNIVERSITY = "university", _("university or research institute")
    CULTURE = "culture", _("cultural institution")
    OTHER = "other", _("organization")


class PartnershipKind(TextChoices):
    RELATIONS = "relations", _("diplomatic relations")
    STRATEGIC = "strategic", _("strategic partnership")
    COMMITTEE = "committee", _("intergovernmental committee")
    TWINNING = "twinning", _("twinning")
    FRIENDSHIP = "friendship", _("friendship")
    PROGRAMME = "programme", _("programme")


class Stage(TextChoices):
    """The lifecycle of a partnership, in order."""

    CONTACT = "contact", _("contact")
    FRIENDSHIP = "friendship", _("friendship")
    TWINNING = "twinning", _("twinning")
    ACTIVE = "active", pgettext_lazy("stage of a partnership", "active")
    DORMANT = "dormant", pgettext_lazy("stage of a partnership", "dormant")
    ENDED = "ended", pgettext_lazy("stage of a partnership", "ended")


class Certainty(TextChoices):
    """What speaks against taking a partnership for established. Derived, never typed in."""

    DISPUTED = "disputed", _("sources differ")
    UNPROVEN = "unproven", _("not proven")


class AgreementKind(TextChoices):
    TWINNING = "twinning", _("twinning agreement")
    COOPERATION = "cooperation", _("cooperation agreement")
    MEMORANDUM = "memorandum", _("memorandum of understanding")
    PROGRAMME = "programme", _("programme of cooperation")
    FREE_TRADE = "free_trade", _("free-trade agreement")
    TREATY = "treaty", _("treaty")
    UNCLEAR = "unclear", _("instrument not clearly described")


class AgreementStatus(TextChoices):
    ANNOUNCED = "announced", _("announced")
    SIGNED = "signed", pgettext_lazy("status of an agreement", "signed")
    IN_FORCE = "in_force", _("in force")
    EXPIRED = "expired", _("expired")
    ENDED = "ended", pgettext_lazy("status of an agreement", "ended")
    UNSTATED = "unstated", _("status not stated")


class NameKind(TextChoices):
    """Why another name is known for an area, an organization or a person."""

    OFFICIAL = "official", _("official name")
    VARIANT = "variant", _("also written")
    TRANSCRIPTION = "transcription", _("transcription")
    FORMER = "former", _("formerly")
    SHORT = "short", _("short form")
