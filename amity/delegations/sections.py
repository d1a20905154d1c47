"""What delegations add to the pages of a gathering: who is invited, and whom the sides send."""

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from amity.delegations.models import Delegate, Delegation, Group
from amity.foundation.collect import Nested, collected
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.pages.public import Page
from amity.foundation.prepared import prepared
from amity.gatherings.models import Gathering
from amity.languages.jinja import raw_text
from amity.languages.listing import by_name
from amity.record.sections import Section, register, until_converted
from amity.sources.queries import evidence_about

TEXTS = ("name", "side", "head", "person", "organization", "role", "group")


def register_sections() -> None:
    """Register both: a summary with the gathering, and everybody by name with its people."""
    register(
        "gathering",
        Section(
            "delegations", until_converted("delegations/sections/delegations.html", summary), 30, 2
        ),
    )
    register(
        "gathering_people",
        Section(
            "delegates", until_converted("delegations/sections/delegates.html", delegates), 30, 1
        ),
    )


def summary(gathering: Gathering, page: Page) -> Mapping[str, Any] | None:
    """The groups of a gathering, and its delegations with their heads and numbers.

    One statement, and one for what was published about the groups where there are any.
    """
    [(groups, delegations)] = _summary(gathering.pk)
    if not groups and not delegations:
        return None
    shown = _in_order(groups)
    return {
        "groups": shown,
        "preliminary": bool(shown) and all(row["preliminary"] for row in shown),
        "delegations": _in_order(delegations),
        "evidence": evidence_about({"group": [row["key"] for row in shown]}),
    }


@prepared
def _summary(gathering: int) -> QuerySet[Any]:
    return Gathering.objects.filter(pk=gathering).values_list(
        collected(
            Group.objects.all(),
            by="gathering",
            key="key",
            order="position",
            name=Nested("name"),
            side=Nested("side__area__name"),
            position="side__position",
            preliminary="preliminary",
            quota="quota",
            announced=Nested("announced"),
            delegates=_number("group"),
        ),
        collected(
            Delegation.objects.all(),
            by="gathering",
            key="key",
            order="side__position",
            name=Nested("name"),
            side=Nested("side__area__name"),
            position="side__position",
            head=Nested("head__name"),
            head_key="head__key",
            delegates=_number("delegation"),
        ),
    )


def delegates(gathering: Gathering, page: Page) -> Mapping[str, Any] | None:
    """Everybody in the delegations to a gathering, by name. One statement."""
    found = [(one, _by_name(one.delegate_rows, one.head)) for one in _delegations(gathering.pk)]
    return {"delegations": found} if found else None


@prepared
def _delegations(gathering: int) -> QuerySet[Any]:
    return (
        Delegation.objects.filter(gathering=gathering)
        .select_related("side__area", "head")
        .annotate(
            delegate_rows=collected(
                Delegate.objects.all(),
                by="delegation",
                key="key",
                order="group__position",
                person=Nested("person__name"),
                person_key="person__key",
                organization=Nested("organization__name"),
                role=Nested("role"),
                group=Nested("group__name"),
            )
        )
        .order_by("side__position")
    )


def _number(by: str) -> Any:
    """How many delegates there are in a row of the list that is being collected."""
    counted = (
        Delegate.objects.filter(**{by: OuterRef("pk")})
        .order_by()
        .values(by)
        .annotate(number=Count("pk"))
    )
    return Coalesce(Subquery(counted.values("number")), 0)


def _in_order(rows: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    ordered = sorted(rows or (), key=lambda row: (row["order"], row["key"]))
    return [_unfolded(row) for row in ordered]


def _by_name(rows: list[dict[str, Any]] | None, head: Any) -> list[dict[str, Any]]:
    """The head first, then by name."""
    people = [_unfolded(row) for row in rows or ()]
    first = head.key if head else None
    named = by_name(sorted(people, key=itemgetter("key")), itemgetter("person"))
    return sorted(named, key=lambda row: row["person_key"] != first)


def _unfolded(row: dict[str, Any]) -> dict[str, Any]:
    texts = {name: raw_text(row[name]) for name in TEXTS if name in row}
    announced = row.get("announced")
    return {**row, **texts, "announced": DateAsSaid.from_json(announced) if announced else None}
