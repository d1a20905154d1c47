"""Whether what was published bears a partnership out: read from the claims, never typed in."""

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from amity.network.choices import Certainty
from amity.network.models import Partnership
from amity.sources.choices import NO_VOICE
from amity.sources.models import Claim
from amity.sources.queries import public_claims

VOICE = Coalesce(F("passage__article__translation_of"), F("passage__article"))
"""Whose voice a claim is."""


def with_certainty(rows: "QuerySet[Partnership]") -> "QuerySet[Partnership]":
    """The partnerships, each with its `certainty`. No statement more.

    Not proven is what the record speaks of without anybody who published it: only accounts whose
    publisher is not known name it, or the editors. Of what nobody speaks at all, such as the list
    that a ministry keeps of its twin cities, nothing is said. Disputed is what two independent
    voices give different stages for.
    """
    claims = public_claims().filter(about__kind="partnership", about__key=OuterRef("key"))
    voiced = claims.exclude(passage__article__source__kind__in=NO_VOICE)
    unproven = Q(Exists(claims)) & ~Q(Exists(voiced))
    return rows.annotate(  # type: ignore[no-redef] # the attribute is where it is kept
        certainty=Case(
            When(unproven, then=Value(Certainty.UNPROVEN)),
            When(Exists(_disputed(voiced)), then=Value(Certainty.DISPUTED)),
            default=Value(""),
            output_field=CharField(),
        )
    )


def _disputed(voiced: "QuerySet[Claim]") -> "QuerySet[Claim]":
    """Claims of a stage against which another voice claims another one."""
    others = public_claims().filter(property="stage", about=OuterRef("about"))
    others = others.exclude(passage__article__source__kind__in=NO_VOICE)
    others = others.exclude(value=OuterRef("value")).annotate(voice=VOICE)
    staged = voiced.filter(property="stage").annotate(voice=VOICE)
    return staged.filter(Exists(others.exclude(voice=OuterRef("voice"))))
