"""What everybody may read of proposals and commitments."""

from django.http import HttpResponse

from amity.followup.contexts import CommitmentPage, CommitmentsPage, ProposalPage, ProposalsPage
from amity.followup.formats.feeds import commitments_atom
from amity.followup.formats.schema_org import commitment_data, proposal_data
from amity.followup.forms import CommitmentFilters, ProposalFilters
from amity.followup.queries import lists, tallies, threads
from amity.followup.queries.newest import newest_commitments
from amity.foundation.pages.context import show
from amity.foundation.pages.public import PageRequest, public_page
from amity.languages.listing import options
from amity.network.queries.themes import theme_called, theme_options
from amity.record import sections
from amity.record.jinja import whole
from amity.record.lists.forms import DossierFilters
from amity.record.removals import removed


@public_page(CommitmentFilters)
def commitments(request: PageRequest, filters: CommitmentFilters) -> HttpResponse:
    """All commitments, with filters."""
    wanted = filters.wanted()
    listed = lists.list_commitments(request.page, wanted, filters.number, filters.order())
    tally = tallies.tallies(request.page).all
    theme = theme_called(wanted.theme) if wanted.theme else None
    areas = options(tallies.areas_with_commitments(request.page))
    filters.offer("side", areas)
    filters.offer("holder", areas)
    filters.offer("theme", theme_options(request.page))
    filters.offer("year", [(year, year) for year in tallies.years(request.page)])
    filters.offer_dossiers(request.page)
    return show(
        request,
        CommitmentsPage(
            listed=listed,
            lines=[lists.commitment_line(one) for one in listed.items],
            tally=tally,
            filters=filters,
            capped=lists.past_the_cap(listed.total, wanted),
            added=sections.fill("theme", theme, request.page) if theme else (),
        ),
    )


@public_page
def commitment(request: PageRequest, key: str) -> HttpResponse:
    """One commitment with its thread."""
    thread = threads.commitment_thread(key)
    return show(
        request,
        CommitmentPage(
            commitment=thread.commitment,
            parties=thread.parties,
            milestones=thread.milestones,
            indicators=thread.indicators,
            steps=thread.steps,
            published=thread.published,
            fictional=thread.commitment.dossier.fictional,
            whole=whole(thread.commitment.dossier),
            data=commitment_data(thread),
            added=sections.fill("commitment", thread.commitment, request.page),
        ),
    )


@public_page(DossierFilters)
def commitments_feed(request: PageRequest, filters: DossierFilters) -> HttpResponse:
    """The commitments that changed last, as an Atom feed."""
    return HttpResponse(
        commitments_atom(
            newest_commitments(filters.dossiers_wanted()),
            removed(["commitment"]),
            request.page.changed_at,
        ),
        content_type="application/atom+xml; charset=utf-8",
    )


@public_page(ProposalFilters)
def proposals(request: PageRequest, filters: ProposalFilters) -> HttpResponse:
    """All proposals, with filters."""
    wanted = filters.wanted()
    listed = lists.list_proposals(wanted, filters.number, filters.order())
    filters.offer("side", options(tallies.areas_asked(request.page)))
    filters.offer("theme", theme_options(request.page))
    filters.offer_dossiers(request.page)
    return show(
        request,
        ProposalsPage(
            listed=listed,
            lines=[lists.proposal_line(one) for one in listed.items],
            filters=filters,
            capped=lists.past_the_cap(listed.total, wanted),
        ),
    )


@public_page
def proposal(request: PageRequest, key: str) -> HttpResponse:
    """One proposal with its thread."""
    thread = threads.proposal_thread(key)
    return show(
        request,
        ProposalPage(
            proposal=thread.proposal,
            silent=thread.silent,
            steps=thread.steps,
            published=thread.published,
            fictional=thread.proposal.dossier.fictional,
            whole=whole(thread.proposal.dossier),
            data=proposal_data(thread),
            added=sections.fill("proposal", thread.proposal, request.page),
        ),
    )
