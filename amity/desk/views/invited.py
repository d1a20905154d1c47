"""Badges of all whom delegations send to a gathering, and letters that invite them."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk import invited, queries
from amity.desk.contexts import Badge, BadgesPage, InvitationDocument, InvitationsPage, LetterTo
from amity.desk.invited import Invited
from amity.desk.models import Contact
from amity.foundation.formats.documents import Form, answer, docx, paragraphs
from amity.foundation.pages.context import show
from amity.foundation.pages.links import absolute
from amity.foundation.pages.speaking import page_language
from amity.gatherings.models import Gathering
from amity.languages import codes
from amity.network.models import Organization
from amity.record import kinds, rules
from amity.record.managers import PUBLIC


@require_safe
@desk_page
def badges(request: DeskRequest, key: str) -> HttpResponse:
    """A sheet of badges, to be printed."""
    acting, gathering = request.at_desk.acting, _gathering(request, key)
    tags = list(map(str, gathering.dossier.languages))
    page = BadgesPage(
        gathering=gathering,
        name=queries.name_of(acting, f"gathering:{key}"),
        badges=tuple(Badge(one, one.names(tags)) for one in invited.invited_to(acting, gathering)),
        fictional=gathering.dossier.fictional,
        noindex=True,
    )
    return show(request, page)


@require_safe
@desk_page
def letters(request: DeskRequest, key: str) -> HttpResponse:
    """Who may be invited, each with a letter in their language, or another."""
    acting, gathering = request.at_desk.acting, _gathering(request, key)
    book = invited.contacts_by_person(acting)
    page = InvitationsPage(
        gathering=gathering,
        name=queries.name_of(acting, f"gathering:{key}"),
        letters=tuple(
            LetterTo(one, invited.language_of(one.person, book.get(one.person.pk)))
            for one in invited.invited_to(acting, gathering)
        ),
        languages=tuple(
            (tag, codes.display_name(tag, page_language())) for tag, _name in settings.LANGUAGES
        ),
        fictional=gathering.dossier.fictional,
        noindex=True,
    )
    return show(request, page)


@require_safe
@desk_page
def letter(request: DeskRequest, key: str, person: str, form: Form) -> HttpResponse:
    """The letter to one person; in `?language`, else in theirs."""
    acting, gathering = request.at_desk.acting, _gathering(request, key)
    found = [one for one in invited.invited_to(acting, gathering) if one.person.key == person]
    if not found:
        raise Http404(person)
    one, contact = found[0], invited.contacts_by_person(acting).get(found[0].person.pk)
    asked = request.GET.get("language", "")
    known = dict(settings.LANGUAGES)
    tag = asked if asked in known else invited.language_of(one.person, contact)
    office = _office(request)
    with translation.override(tag):
        said = _document(office, gathering, one, contact)
        return answer(said, form, f"{gathering.key}.{one.person.key}")


@require_safe
@desk_page
def all_letters(request: DeskRequest, key: str) -> HttpResponse:
    """All letters, each in the language of whom it is to, in one archive."""
    acting, gathering = request.at_desk.acting, _gathering(request, key)
    book, office, file = invited.contacts_by_person(acting), _office(request), BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        written: set[str] = set()
        for one in invited.invited_to(acting, gathering):
            contact = book.get(one.person.pk)
            tag = invited.language_of(one.person, contact)
            name = f"{one.person.key}.{tag}.docx"
            if name in written:  # somebody whom two delegations send is invited once
                continue
            written.add(name)
            with translation.override(tag):
                said = paragraphs(_document(office, gathering, one, contact))
                archive.writestr(name, docx(said))
    headers = {
        "Content-Disposition": f'attachment; filename="{key}.invitations.zip"',
        "Cache-Control": "no-cache",
    }
    return HttpResponse(file.getvalue(), content_type="application/zip", headers=headers)


def _gathering(request: DeskRequest, key: str) -> Gathering:
    """The gathering, for who keeps it. Raises Http404 and PermissionDenied."""
    found = queries.record_or_404(request.at_desk.acting, kinds.get("gathering"), key)
    if not isinstance(found, Gathering):
        raise Http404(key)
    if not rules.may_change(request.at_desk.acting, found):
        raise PermissionDenied
    return found


def _office(request: DeskRequest) -> Organization:
    if request.at_desk.office is None:
        raise PermissionDenied
    return request.at_desk.office.organization


def _document(
    office: Organization, gathering: Gathering, one: Invited, contact: Contact | None
) -> InvitationDocument:
    address = kinds.entry_url("gathering", gathering.key) if gathering.readers == PUBLIC else None
    return InvitationDocument(
        office=office,
        gathering=gathering,
        one=one,
        written=timezone.localdate(),
        address_as=contact.address_as if contact else "",
        public=absolute(address) if address else "",
    )
