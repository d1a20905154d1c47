"""What a list of the interface can be filtered by: the same names and rules as its page."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from amity.followup.choices import STATES, ProposalStanding
from amity.followup.queries import lists as followup
from amity.foundation.pages.public import Page
from amity.foundation.pages.query import Parameter
from amity.gatherings.choices import GatheringKind
from amity.gatherings.queries import lists as gatherings
from amity.network.choices import AgreementKind, AreaKind, OrganizationKind, PartnershipKind, Stage
from amity.network.queries import lists as network
from amity.record.models import Recorded
from amity.sources import queries as sources

LARGEST_PAGE = 200
USUAL_PAGE = 50
KEY = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$"


class UnknownParameterError(Exception):
    """The query names something that this address does not know."""

    def __init__(self, names: Iterable[str], known: Iterable[str]) -> None:
        super().__init__()
        self.names = sorted(names)
        self.known = sorted(known)


def key(description: str) -> Any:
    """A field that holds the identifier of a record, or nothing."""
    return Field(None, pattern=KEY, description=description)


def one_of(values: Iterable[str], description: str) -> Any:
    """A field that holds one of `values`, or nothing."""
    known = [str(value) for value in values]
    return Field(
        None,
        pattern=f"^(?:{'|'.join(known)})$",
        json_schema_extra={"enum": known},  # type: ignore[dict-item] # a list of str is JSON
        description=description,
    )


class ListFilters(Schema):
    """What every list knows."""

    dossier: str | None = key("Only records of the dossier with this identifier.")
    after: str | None = key("Only records after this identifier; `next` of a page sets it.")
    limit: int = Field(
        USUAL_PAGE, ge=1, le=LARGEST_PAGE, description="How many records a page holds at most."
    )

    def choose(self, page: Page, rows: QuerySet[Any]) -> QuerySet[Any]:
        """`rows`, or those of them that are wanted."""
        return rows


class CommitmentFilters(ListFilters):
    """Filters of commitments."""

    state: str | None = one_of(
        STATES, "The joint state, or the completion that both sides confirmed."
    )
    side: str | None = key("The area of a side that is party to it.")
    holder: str | None = key("The area of the side that promised.")
    theme: str | None = key("A theme.")
    gathering: str | None = key("The gathering at which it was made.")
    overdue: bool = Field(False, description="Only those whose deadline has passed undone.")

    def choose(self, page: Page, rows: QuerySet[Any]) -> QuerySet[Any]:
        wanted = followup.Wanted(
            side=self.side,
            holder=self.holder,
            state=self.state,
            theme=self.theme,
            gathering=self.gathering,
            overdue=self.overdue,
        )
        return followup.commitments(page, wanted)


class ProposalFilters(ListFilters):
    """Filters of proposals."""

    standing: str | None = one_of(ProposalStanding.values, "What the answers come to.")
    side: str | None = key("The area of a side that was asked.")
    theme: str | None = key("A theme.")
    gathering: str | None = key("The gathering at which it was made.")

    def choose(self, page: Page, rows: QuerySet[Any]) -> QuerySet[Any]:
        wanted = followup.Wanted(
            side=self.side, state=self.standing, theme=self.theme, gathering=self.gathering
        )
        return followup.proposals(wanted)


class PartnershipFilters(ListFilters):
    """Filters of partnerships."""

    kind: str | None = one_of(PartnershipKind.values, "The kind of partnership.")
    stage: str | None = one_of(Stage.values, "The stage it has reached.")
    country: str | None = Field(
        None, pattern="^[A-Z]{2}$", description="A country with a side in it (ISO 3166-1)."
    )

    def choose(self, page: Page, rows: QuerySet[Any]) -> QuerySet[Any]:
        return network.partnerships(network.Wanted(self.kind, self.stage, self.country))


class GatheringFilters(ListFilters):
    """Filters of gatherings."""

    kind: str | None = one_of(GatheringKind.values, "The kind of gathering.")
    when: str | None = one_of((gatherings.UPCOMING, gatherings.PAST), "To come, or past.")
    series: str | None = key("The series it is an edition of.")

    def choose(self, page: Page, rows: QuerySet[Any]) -> QuerySet[Any]:
        wanted = gatherings.Wanted(self.kind, self.when, self.series)
        return gatherings.gatherings(wanted, page.today)


class ArticleFilters(ListFilters):
    """Filters of articles."""

    source: str | None = key("The source that published it.")
    language: str | None = key("Its language (BCP 47).")

    def choose(self, page: Page, rows: QuerySet[Any]) -> QuerySet[Any]:
        return sources.articles(self.source, self.language)


class _OfKind(ListFilters):
    """Filters of records that have a kind."""

    kind: str | None

    def choose(self, page: Page, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(kind=self.kind) if self.kind else rows


class AreaFilters(_OfKind):
    """Filters of areas."""

    kind: str | None = one_of(AreaKind.values, "The kind of area.")


class OrganizationFilters(_OfKind):
    """Filters of organizations."""

    kind: str | None = one_of(OrganizationKind.values, "The kind of organization.")


class AgreementFilters(_OfKind):
    """Filters of agreements."""

    kind: str | None = one_of(AgreementKind.values, "The kind of agreement.")


FILTERS: Mapping[str, type[ListFilters]] = {
    "commitment": CommitmentFilters,
    "proposal": ProposalFilters,
    "partnership": PartnershipFilters,
    "gathering": GatheringFilters,
    "article": ArticleFilters,
    "area": AreaFilters,
    "organization": OrganizationFilters,
    "agreement": AgreementFilters,
}
"""Kind → its filters; a kind that is not named here has those of every list."""


def filters_of(kind: str) -> type[ListFilters]:
    """The filters of the list of a kind."""
    return FILTERS.get(kind, ListFilters)


def parameters_of(filters: type[ListFilters]) -> dict[str, Parameter]:
    """The same filters as a public page declares them."""
    return {
        name: Parameter(_reader(filters, name), field.default)
        for name, field in filters.model_fields.items()
    }


def _reader(filters: type[ListFilters], name: str) -> Callable[[str], Any]:
    return partial(_read, filters, name)


def _read(filters: type[ListFilters], name: str, words: str) -> Any:
    return getattr(filters.model_validate({name: words}), name)


def refuse_unknown(request: HttpRequest, known: Iterable[str]) -> None:
    """Raise UnknownParameterError where the query names what this address does not know."""
    if strange := set(request.GET) - set(known):
        raise UnknownParameterError(strange, known)


def wanted_rows(rows: QuerySet[Recorded], filters: ListFilters, page: Page) -> QuerySet[Recorded]:
    """Those of `rows` that are wanted, by key, from where the last page ended."""
    chosen = filters.choose(page, rows).order_by("key")
    if filters.dossier:
        chosen = chosen.filter(dossier__key=filters.dossier)
    if filters.after:
        chosen = chosen.filter(key__gt=filters.after)
    return chosen
