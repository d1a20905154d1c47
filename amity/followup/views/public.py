"""What everybody may read of proposals and commitments."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from amity.followup.choices import ProposalStanding
from amity.followup.contexts import CommitmentsPage
from amity.followup.formats.feeds import commitments_atom
from amity.followup.formats.schema_org import commitment_data, proposal_data
from amity.followup.forms import CommitmentFilters
from amity.followup.queries import lists, threads
from amity.foundation.pages import query
from amity.foundation.pages.context import show
from amity.foundation.pages.public import PageRequest, public_page
from amity.languages.listing import options


@public_page(CommitmentFilters)
def commitments(request: PageRequest, filters: CommitmentFilters) -> HttpResponse:
    """All commitments, with filters."""
    wanted = filters.wanted()
    listed, lines = lists.list_commitments(request.page, wanted, filters.number)
    tally = lists.tallies(request.page).all
    areas = options(lists.areas_with_commitments(request.page))
    filters.offer("side", areas)
    filters.offer("holder", areas)
    filters.offer("theme", options(lists.themes(request.page)))
    if len(tally.dossiers) > 1:
        filters.offer("dossier", options(tally.dossiers))
    return show(
        request,
        CommitmentsPage(
            listed=listed,
            lines=lines,
            tally=tally,
            filters=filters,
            capped=lists.past_the_cap(listed, wanted),
        ),
    )


@public_page
def commitment(request: PageRequest, key: str) -> HttpResponse:
    """One commitment with its thread."""
    thread = threads.commitment_thread(key, request.page.today)
    return render(
        request,
        "followup/commitment.html",
        {
            "thread": thread,
            "commitment": thread.commitment,
            "fictional": thread.commitment.dossier.fictional,
            "data": commitment_data(thread),
        },
    )


@public_page
def commitments_feed(request: PageRequest) -> HttpResponse:
    """The commitments last promised or reported on, as an Atom feed."""
    return HttpResponse(
        commitments_atom(lists.newest_commitments()),
        content_type="application/atom+xml; charset=utf-8",
    )


@public_page(
    standing=query.choice(ProposalStanding.values),
    side=query.key(),
    theme=query.key(),
    gathering=query.key(),
    dossier=query.key(),
    page=query.whole(),
)
def proposals(request: PageRequest, *, standing: str, page: int, **filters: Any) -> HttpResponse:
    """All proposals, with filters."""
    wanted = lists.Wanted(state=standing, **filters)
    listed = lists.list_proposals(request.page, wanted, page)
    areas = options(lists.areas_asked(request.page))
    fields = [
        _choice("standing", _("Answer"), standing, ProposalStanding.choices),
        _choice("side", _("Asked of"), wanted.side, areas),
        _choice("theme", _("Theme"), wanted.theme, _themes(request)),
        *_dossiers(lists.dossiers_with_proposals(request.page), wanted.dossier),
    ]
    return render(
        request,
        "followup/proposals.html",
        {
            "listed": listed,
            "wanted": wanted,
            "fields": fields,
            "capped": lists.past_the_cap(listed, wanted),
        },
    )


@public_page
def proposal(request: PageRequest, key: str) -> HttpResponse:
    """One proposal with its thread."""
    thread = threads.proposal_thread(key)
    return render(
        request,
        "followup/proposal.html",
        {
            "thread": thread,
            "proposal": thread.proposal,
            "fictional": thread.proposal.dossier.fictional,
            "data": proposal_data(thread),
        },
    )


def _choice(
    name: str, label: str, value: str | None, listed: Sequence[tuple[str, Any]]
) -> dict[str, Any]:
    return {"name": name, "label": label, "value": value, "options": listed}


def _themes(request: PageRequest) -> list[tuple[str, str]]:
    return options(lists.themes(request.page))


def _dossiers(choices: Sequence[lists.Choice], chosen: str | None) -> list[dict[str, Any]]:
    """The choice of a dossier, where there is more than one."""
    if len(choices) < 2:
        return []
    return [_choice("dossier", _("Dossier"), chosen, options(choices))]
