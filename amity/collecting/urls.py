"""Addresses of forms and of what was sent through them, and of both at the desk."""

from django.urls import path

from amity.collecting.views import desk, hall, promises, strangers

urlpatterns = [
    path("gatherings/<slug:key>/propose/", strangers.propose, name="propose"),
    path("propose/<slug:code>/", strangers.propose_closed, name="propose_closed"),
    path("proposed/<str:secret>/", strangers.submission, name="submission"),
    path("desk/answers/<slug:key>/promise/", promises.promise, name="desk_promise"),
    path("desk/gatherings/<slug:key>/said/", hall.hall, name="desk_hall"),
    path("desk/submissions/", desk.submissions, name="desk_submissions"),
    path("desk/submissions/forms/<slug:key>/", desk.call, name="desk_call"),
    path("desk/submissions/<int:number>/", desk.submission, name="desk_submission"),
    path("desk/submissions/<int:number>/read/", desk.read, name="desk_submission_read"),
    path("desk/submissions/<int:number>/take-up/", desk.take_up, name="desk_submission_take_up"),
    path("desk/submissions/<int:number>/join/", desk.join, name="desk_submission_join"),
    path("desk/submissions/<int:number>/decline/", desk.decline, name="desk_submission_decline"),
]
