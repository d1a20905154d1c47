"""Addresses of forms and of what was sent through them, and of both at the desk."""

from django.urls import path

from amity.collecting.views import call, deciding, files, hall, listing, promises, strangers

urlpatterns = [
    path("gatherings/<slug:key>/propose/", strangers.propose, name="propose"),
    path("propose/<slug:code>/", strangers.propose_closed, name="propose_closed"),
    path("proposed/<str:secret>/", strangers.submission, name="submission"),
    path("proposed/<str:secret>/files/<int:number>/", files.own, name="submission_file"),
    path("proposals/<slug:key>/files/<int:number>/", files.public, name="proposal_file"),
    path("desk/answers/<slug:key>/promise/", promises.promise, name="desk_promise"),
    path("desk/gatherings/<slug:key>/said/", hall.hall, name="desk_hall"),
    path("desk/submissions/", listing.submissions, name="desk_submissions"),
    path("desk/submissions/submissions.csv", listing.table, name="desk_submissions_table"),
    path("desk/submissions/decline/", listing.decline_together, name="desk_decline_together"),
    path("desk/submissions/decline/<int:number>/back/", listing.take_back, name="desk_take_back"),
    path("desk/submissions/forms/<slug:key>/", call.call, name="desk_call"),
    path("desk/submissions/<int:number>/", deciding.submission, name="desk_submission"),
    path(
        "desk/submissions/<int:number>/files/<int:file>/",
        files.at_desk,
        name="desk_submission_file",
    ),
    path(
        "desk/submissions/<int:number>/files/<int:file>/publish/",
        files.publish,
        name="desk_submission_file_publish",
    ),
    path("desk/submissions/<int:number>/read/", deciding.read, name="desk_submission_read"),
    path("desk/submissions/<int:number>/again/", deciding.again, name="desk_submission_again"),
    path("desk/submissions/<int:number>/in/", deciding.bring_in, name="desk_submission_in"),
    path("desk/submissions/<int:number>/move/", deciding.move, name="desk_submission_move"),
    path(
        "desk/submissions/<int:number>/take-up/", deciding.take_up, name="desk_submission_take_up"
    ),
    path("desk/submissions/<int:number>/join/", deciding.join, name="desk_submission_join"),
    path(
        "desk/submissions/<int:number>/decline/", deciding.decline, name="desk_submission_decline"
    ),
]
