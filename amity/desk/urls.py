"""Addresses of the desk, below `/<language>/desk/`, and of what it gives to everybody."""

from django.urls import path

from amity.desk.views import (
    answering,
    asked_merges,
    confirming,
    confirming_whole,
    conflicts,
    contacts,
    edit,
    files,
    history,
    invited,
    letters,
    merging,
    opening,
    paste,
    programme,
    published,
    records,
    releasing,
    releasing_whole,
    silence,
    start,
    while_typed,
)
from amity.foundation.formats.documents import Form

urlpatterns = [
    path("", start.start, name="desk"),
    path("choose/", records.choose, name="desk_choose"),
    path("contacts/", contacts.contacts, name="desk_contacts"),
    path("contacts/new/", contacts.new, name="desk_contact_new"),
    path("contacts/contacts.csv", contacts.table, name="desk_contacts_table"),
    path("contacts/<int:number>/", contacts.edit, name="desk_contact"),
    path("contacts/<int:number>/remove/", contacts.remove, name="desk_contact_remove"),
    path("files/<int:number>/", files.download, name="desk_file"),
    path("files/<int:number>/remove/", files.remove, name="desk_file_remove"),
    path("files/<int:number>/propose/", answering.propose_file, name="desk_file_propose"),
    path("understood/", while_typed.understood, name="desk_understood"),
    path("history/", history.of_office, name="desk_history"),
    path("history/<int:number>/undo/", history.undo_together, name="desk_undo_together"),
    path("confirm/", confirming.waiting, name="desk_to_confirm"),
    path("confirm/ticked/", confirming.confirm_all, name="desk_confirm_all"),
    path("confirm/<slug:plural>/<slug:key>/", confirming_whole.whole, name="desk_confirm_whole"),
    path("letters/", letters.letters, name="desk_letters"),
    path("letters/<int:number>/again/", letters.again, name="desk_letter_again"),
    path("offices/", opening.offices, name="desk_offices"),
    path("offices/officer/", opening.invite_officer, name="desk_invite_officer"),
    path("paste/<slug:plural>/", paste.paste, name="desk_paste"),
    path("records/", records.all_kinds, name="desk_records"),
    path("records/<slug:plural>/", records.listed, name="desk_list"),
    path("records/<slug:plural>/new/", edit.new, name="desk_new"),
    path("records/<slug:plural>/new/draft/", while_typed.keep, name="desk_keep_new"),
    path("records/<slug:plural>/<slug:key>/", records.record, name="desk_record"),
    path("records/<slug:plural>/<slug:key>/edit/", edit.edit, name="desk_edit"),
    path("records/<slug:plural>/<slug:key>/draft/", while_typed.keep, name="desk_keep"),
    path("records/<slug:plural>/<slug:key>/present/", while_typed.present, name="desk_present"),
    path("records/<slug:plural>/<slug:key>/resolve/", conflicts.resolve, name="desk_resolve"),
    path("records/<slug:plural>/<slug:key>/confirm/", records.confirm, name="desk_confirm"),
    path("records/<slug:plural>/<slug:key>/release/", releasing.release, name="desk_release"),
    path("records/<slug:plural>/<slug:key>/remove/", records.remove, name="desk_remove"),
    path(
        "records/gatherings/<slug:key>/release/all/",
        releasing_whole.release_whole,
        name="desk_release_whole",
    ),
    path("records/gatherings/<slug:key>/badges/", invited.badges, name="desk_badges"),
    path("records/gatherings/<slug:key>/invitations/", invited.letters, name="desk_invitations"),
    path(
        "records/gatherings/<slug:key>/invitations/all.zip",
        invited.all_letters,
        name="desk_invitations_all",
    ),
    *(
        path(
            f"records/gatherings/<slug:key>/invitations/<slug:person>.{form}",
            invited.letter,
            {"form": form},
            name=f"desk_invitation_{form}",
        )
        for form in Form
    ),
    path("records/gatherings/<slug:key>/programme/", programme.programme, name="desk_programme"),
    path(
        "records/gatherings/<slug:key>/programme/clashes/",
        programme.clashes,
        name="desk_programme_clashes",
    ),
    path("silence/", silence.silence, name="desk_silence"),
    path("silence/office/", silence.set_of_office, name="desk_silence_office"),
    path("silence/sides/<slug:key>/", silence.set_of_side, name="desk_silence_of"),
    path(
        "records/<slug:plural>/<slug:key>/proposals/<int:number>/",
        answering.answer,
        name="desk_answer",
    ),
    path("records/<slug:plural>/<slug:key>/merge/", merging.merge, name="desk_merge"),
    path("merges/<int:number>/", asked_merges.asked, name="desk_asked_merge"),
    path("records/<slug:plural>/<slug:key>/disputes/", answering.dispute, name="desk_dispute"),
    path("records/<slug:plural>/<slug:key>/files/", answering.attach, name="desk_files"),
    path("records/<slug:plural>/<slug:key>/notes/", answering.note, name="desk_note"),
    path("records/<slug:plural>/<slug:key>/history/", history.of_record, name="desk_history_of"),
    path(
        "records/<slug:plural>/<slug:key>/history/<int:number>/undo/",
        history.undo,
        name="desk_undo",
    ),
]

for_everybody = [path("files/<int:number>/", published.download, name="public_file")]
"""Without the desk's prefix."""
