"""Addresses of the desk, below `/<language>/desk/`."""

from django.urls import path

from amity.desk.views import (
    confirming,
    conflicts,
    contacts,
    edit,
    history,
    letters,
    paste,
    proposals,
    records,
    start,
)

urlpatterns = [
    path("", start.start, name="desk"),
    path("choose/", records.choose, name="desk_choose"),
    path("contacts/", contacts.contacts, name="desk_contacts"),
    path("contacts/new/", contacts.new, name="desk_contact_new"),
    path("contacts/contacts.csv", contacts.table, name="desk_contacts_table"),
    path("contacts/<int:number>/", contacts.edit, name="desk_contact"),
    path("contacts/<int:number>/remove/", contacts.remove, name="desk_contact_remove"),
    path("understood/", edit.understood, name="desk_understood"),
    path("history/", history.of_office, name="desk_history"),
    path("history/<int:number>/undo/", history.undo_together, name="desk_undo_together"),
    path("confirm/", confirming.waiting, name="desk_to_confirm"),
    path("confirm/ticked/", confirming.confirm_all, name="desk_confirm_all"),
    path("letters/", letters.letters, name="desk_letters"),
    path("letters/<int:number>/again/", letters.again, name="desk_letter_again"),
    path("paste/<slug:plural>/", paste.paste, name="desk_paste"),
    path("records/", records.all_kinds, name="desk_records"),
    path("records/<slug:plural>/", records.listed, name="desk_list"),
    path("records/<slug:plural>/new/", edit.new, name="desk_new"),
    path("records/<slug:plural>/new/draft/", edit.keep, name="desk_keep_new"),
    path("records/<slug:plural>/<slug:key>/", records.record, name="desk_record"),
    path("records/<slug:plural>/<slug:key>/edit/", edit.edit, name="desk_edit"),
    path("records/<slug:plural>/<slug:key>/draft/", edit.keep, name="desk_keep"),
    path("records/<slug:plural>/<slug:key>/present/", edit.present, name="desk_present"),
    path("records/<slug:plural>/<slug:key>/resolve/", conflicts.resolve, name="desk_resolve"),
    path("records/<slug:plural>/<slug:key>/confirm/", records.confirm, name="desk_confirm"),
    path("records/<slug:plural>/<slug:key>/release/", records.release, name="desk_release"),
    path("records/<slug:plural>/<slug:key>/remove/", records.remove, name="desk_remove"),
    path(
        "records/<slug:plural>/<slug:key>/proposals/<int:number>/",
        proposals.answer,
        name="desk_answer",
    ),
    path("records/<slug:plural>/<slug:key>/notes/", records.note, name="desk_note"),
    path("records/<slug:plural>/<slug:key>/history/", history.of_record, name="desk_history_of"),
    path(
        "records/<slug:plural>/<slug:key>/history/<int:number>/undo/",
        history.undo,
        name="desk_undo",
    ),
]
