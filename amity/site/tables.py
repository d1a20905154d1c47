"""The lists that are had as CSV: the filters of their pages, their rows, their columns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amity.followup.choices import STATES, Completion, PartyRole, ProposalStanding, Verdict
from amity.followup.models import Answer, Commitment, Proposal
from amity.followup.queries import lists as followup
from amity.followup.sections import last_completion, with_parties
from amity.foundation.collect import Nested, collected
from amity.foundation.pages import query
from amity.foundation.pages.public import Page
from amity.foundation.pages.query import Parameter
from amity.gatherings.choices import GatheringKind
from amity.gatherings.models import Gathering
from amity.gatherings.queries import lists as gatherings
from amity.languages.jinja import plain, raw_text
from amity.network.choices import AgreementKind, AreaKind, OrganizationKind, PartnershipKind, Stage
from amity.network.models import Agreement, Area, Membership, Organization, Partnership, Person
from amity.network.queries import lists as network
from amity.sources import queries as sources
from amity.sources.models import Article

from .columns import BETWEEN, field, first_day, last_day, named, names, of_record
from .formats.tables import Column


@dataclass(frozen=True, slots=True)
class Table:
    """A list: the filters it has in common with its page, its rows, its columns."""

    parameters: Mapping[str, Parameter]
    rows: Callable[..., QuerySet[Any]]
    columns: Sequence[Column]


def _parties(role: PartyRole) -> Callable[[Any], str]:
    def cell(row: Any) -> str:
        listed = [party for party in row.party_rows or () if party["role"] == role]
        return names(listed, "position")

    return cell


def _reported(row: Any) -> str:
    said = []
    for party in sorted(row.party_rows or (), key=lambda party: party["position"]):
        completion = last_completion(row, party["side"])
        words = Completion(completion).label if completion else _("no report")
        said.append(f"{plain(raw_text(party['name']))}: {words}")
    return BETWEEN.join(said)


def _together(row: Commitment) -> str:
    return str(row.get_joint_completion_display() or row.get_joint_state_display())


def _answers(row: Any) -> str:
    listed = sorted(row.replies or (), key=lambda reply: reply["position"])
    return BETWEEN.join(
        f"{plain(raw_text(one['name']))}: {Verdict(one['verdict']).label}" for one in listed
    )


def _sides(row: Partnership) -> str:
    return BETWEEN.join(plain(side.area.name) for side in row.sides.all())


def _posts(row: Any) -> str:
    return BETWEEN.join(
        f"{plain(post.title)}, {plain(post.organization.name)}" for post in row.memberships.all()
    )


def _commitments(page: Page, **filters: Any) -> QuerySet[Any]:
    rows = followup.commitments(page, followup.Wanted(**filters))
    themes = collected(
        Commitment.themes.through.objects.all(),
        by="commitment",
        key="theme__key",
        name=Nested("theme__name"),
    )
    found: QuerySet[Any] = with_parties(rows.select_related("gathering", "dossier"))
    return found.annotate(theme_names=themes)


def _proposals(page: Page, *, standing: str | None, **filters: Any) -> QuerySet[Any]:
    through = Proposal.themes.through.objects.all()
    side: dict[str, Any] = {"position": "side__position", "name": Nested("side__area__name")}
    return (
        followup.proposals(followup.Wanted(state=standing, **filters))
        .select_related("gathering", "dossier", "proposer")
        .annotate(
            theme_names=collected(
                through, by="proposal", key="theme__key", name=Nested("theme__name")
            ),
            asked=collected(Proposal.addressees.through.objects.all(), by="proposal", **side),
            replies=collected(Answer.objects.all(), by="proposal", verdict="verdict", **side),
        )
    )


def _partnerships(page: Page, **filters: Any) -> QuerySet[Any]:
    rows = network.partnerships(network.Wanted(**filters))
    return network.with_sides(rows.select_related("dossier", "parent"))


def _gatherings(page: Page, **filters: Any) -> QuerySet[Any]:
    rows = gatherings.gatherings(gatherings.Wanted(**filters), page.today)
    return rows.select_related("place", "series", "dossier")


def _articles(page: Page, *, source: str | None, language: str | None) -> QuerySet[Any]:
    rows = sources.articles(source, language)
    return rows.select_related("source", "translation_of", "dossier")


def _persons(page: Page) -> QuerySet[Any]:
    return network.with_posts(Person.objects.select_related("dossier").order_by("key"))


def _of_kind(model: Any, *joined: str) -> Callable[..., QuerySet[Any]]:
    def rows(page: Page, *, kind: str | None) -> QuerySet[Any]:
        found: QuerySet[Any] = model.objects.select_related("dossier", *joined).order_by("key")
        return found.filter(kind=kind) if kind else found

    return rows


TABLES: Mapping[str, Table] = {
    "commitments": Table(
        {
            "state": query.choice(STATES),
            "side": query.key(),
            "holder": query.key(),
            "theme": query.key(),
            "gathering": query.key(),
            "overdue": query.flag(),
            "dossier": query.key(),
        },
        _commitments,
        of_record(
            Commitment,
            [
                field(Commitment, "title"),
                field(Commitment, "kind"),
                field(Commitment, "grade"),
                named(gettext_lazy("Held by"), _parties(PartyRole.HOLDER)),
                named(gettext_lazy("Promised to"), _parties(PartyRole.COUNTERPART)),
                field(Commitment, "made"),
                field(Commitment, "deadline"),
                field(Commitment, "due_on"),
                named(gettext_lazy("Together"), _together),
                named(gettext_lazy("Reported"), _reported),
                field(Commitment, "themes", lambda row: names(row.theme_names)),
                field(Commitment, "gathering"),
            ],
        ),
    ),
    "proposals": Table(
        {
            "standing": query.choice(ProposalStanding.values),
            "side": query.key(),
            "theme": query.key(),
            "gathering": query.key(),
            "dossier": query.key(),
        },
        _proposals,
        of_record(
            Proposal,
            [
                field(Proposal, "title"),
                field(Proposal, "kind"),
                field(Proposal, "proposer"),
                field(Proposal, "addressees", lambda row: names(row.asked, "position")),
                field(Proposal, "made"),
                named(gettext_lazy("Together"), lambda row: row.get_standing_display()),
                named(gettext_lazy("Answered"), _answers),
                field(Proposal, "themes", lambda row: names(row.theme_names)),
                field(Proposal, "gathering"),
            ],
        ),
    ),
    "network": Table(
        {
            "kind": query.choice(PartnershipKind.values),
            "stage": query.choice(Stage.values),
            "country": query.key(),
        },
        _partnerships,
        of_record(
            Partnership,
            [
                field(Partnership, "name"),
                field(Partnership, "kind"),
                field(Partnership, "stage"),
                named(gettext_lazy("Sides"), _sides),
                field(Partnership, "parent"),
            ],
        ),
    ),
    "gatherings": Table(
        {
            "kind": query.choice(GatheringKind.values),
            "when": query.choice([gatherings.UPCOMING, gatherings.PAST]),
            "series": query.key(),
        },
        _gatherings,
        of_record(
            Gathering,
            [
                field(Gathering, "title"),
                field(Gathering, "kind"),
                field(Gathering, "status"),
                field(Gathering, "when"),
                first_day("when"),
                last_day("when"),
                field(Gathering, "place"),
                field(Gathering, "series"),
                field(Gathering, "number"),
            ],
        ),
    ),
    "areas": Table(
        {"kind": query.choice(AreaKind.values)},
        _of_kind(Area, "parent"),
        of_record(
            Area,
            [
                field(Area, name)
                for name in (
                    "name",
                    "kind",
                    "parent",
                    "country_code",
                    "latitude",
                    "longitude",
                    "geonames_id",
                    "wikidata_id",
                )
            ],
        ),
    ),
    "organizations": Table(
        {"kind": query.choice(OrganizationKind.values)},
        _of_kind(Organization, "area", "parent"),
        of_record(
            Organization,
            [field(Organization, name) for name in ("name", "kind", "area", "parent", "url")],
        ),
    ),
    "persons": Table(
        {},
        _persons,
        of_record(Person, [field(Person, "name"), field(Membership, "title", _posts)]),
    ),
    "agreements": Table(
        {"kind": query.choice(AgreementKind.values)},
        _of_kind(Agreement, "place"),
        of_record(
            Agreement,
            [
                field(Agreement, "title"),
                field(Agreement, "kind"),
                field(Agreement, "status"),
                field(Agreement, "signed"),
                first_day("signed"),
                field(Agreement, "place"),
            ],
        ),
    ),
    "coverage": Table(
        {"source": query.key(), "language": query.key()},
        _articles,
        of_record(
            Article,
            [
                field(Article, "title"),
                field(Article, "source"),
                field(Article, "language"),
                field(Article, "published"),
                field(Article, "url"),
                field(Article, "translation_of"),
            ],
        ),
    ),
}
"""Name of a list, as its page's address has it, → the list."""
