"""The office's own book of contacts: list with search, form, removal, and a table of its own."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk import contacts as book
from amity.desk import queries
from amity.desk.columns import CONTACTS
from amity.desk.contexts import ContactPage, ContactsPage
from amity.desk.finding.choosing import Chooser
from amity.desk.forms.contacts import ContactForm
from amity.desk.models import Contact
from amity.desk.new.beginning import address_of
from amity.desk.pasting.columns import folded
from amity.desk.shown import ContactShown
from amity.foundation.pages.context import show
from amity.foundation.pages.tables import answer_csv


@require_safe
@desk_page
def contacts(request: DeskRequest) -> HttpResponse:
    """The book, or those in it who have all the words that are searched for."""
    acting = request.at_desk.acting
    words = request.GET.get("q", "").strip()[:200]
    listed = list(queries.contacts_of(acting).select_related("person"))
    found = [one for one in listed if _has(one, words)]
    keys = {f"person:{one.person.key}" for one in found if one.person is not None}
    names = queries.names_of(acting, keys)
    page = ContactsPage(
        contacts=tuple(
            ContactShown(one, name, address_of("person", one.person.key))
            if one.person and (name := names.get(f"person:{one.person.key}"))
            else ContactShown(one, None, "")
            for one in found
        ),
        words=words,
        total=len(listed),
        writes=book.may_write(acting),
        noindex=True,
    )
    return show(request, page)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def new(request: DeskRequest) -> HttpResponse:
    """A new contact."""
    return _form(request, Contact())


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def edit(request: DeskRequest, number: int) -> HttpResponse:
    """Change a contact of one's own office."""
    return _form(request, get_object_or_404(queries.contacts_of(request.at_desk.acting), pk=number))


@require_POST
@desk_page
def remove(request: DeskRequest, number: int) -> HttpResponse:
    """Remove a contact for good."""
    acting = request.at_desk.acting
    book.remove(acting, get_object_or_404(queries.contacts_of(acting), pk=number))
    messages.success(request, _("Removed for good: nothing is kept of it."))
    return redirect("desk_contacts")


@require_safe
@desk_page
def table(request: DeskRequest) -> StreamingHttpResponse:
    """The whole book as CSV, for those who keep it."""
    acting = request.at_desk.acting
    if not book.may_write(acting):
        raise PermissionDenied
    return answer_csv(request, "contacts", CONTACTS, queries.contacts_of(acting))


def _form(request: DeskRequest, contact: Contact) -> HttpResponse:
    acting = request.at_desk.acting
    if not book.may_write(acting):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    form = ContactForm(data, contact, Chooser(acting))
    if data is not None and form.is_valid():
        book.keep(acting, form.filled())
        messages.success(request, _("Kept. Nobody outside your office reads it."))
        return redirect("desk_contacts")
    page = ContactPage(form=form, key=contact.pk or 0, noindex=True)
    return show(request, page, status=422 if data is not None else 200)


def _has(contact: Contact, words: str) -> bool:
    """Whether all the words stand in what is kept of somebody, with or without marks."""
    said = folded(
        " ".join(
            (
                contact.name,
                contact.organization,
                contact.post,
                contact.mail,
                contact.telephone,
                contact.languages,
                contact.words,
            )
        )
    )
    return all(one in said for one in folded(words).split())
