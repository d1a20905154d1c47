"""Addresses of closing an edition, its report, and of calling a gathering off or postponing it."""

from django.urls import path

from amity.foundation.formats.documents import Form
from amity.journeys.views import calling_off, desk, reports

urlpatterns = [
    path("desk/gatherings/<slug:key>/plans/", calling_off.plans, name="desk_plans"),
    path("desk/gatherings/<slug:key>/closing/", desk.closing, name="desk_closing"),
    path("desk/gatherings/<slug:key>/closing/close/", desk.close, name="desk_close"),
    path("desk/gatherings/<slug:key>/closing/reopen/", desk.reopen, name="desk_reopen"),
    path("desk/gatherings/<slug:key>/closing/confirm/", desk.confirm, name="desk_closing_confirm"),
    path("desk/gatherings/<slug:key>/closing/report/", reports.desk, name="desk_closing_report"),
    path("gatherings/<slug:key>/closing/", reports.public, name="closing_report"),
    *(
        path(address.format(form), view, {"form": form}, name=f"{name}_{form}")
        for form in Form
        for address, view, name in (
            ("gatherings/<slug:key>/closing.{}", reports.public_document, "closing_report"),
            (
                "desk/gatherings/<slug:key>/closing/report.{}",
                reports.desk_document,
                "desk_closing_report",
            ),
            ("desk/gatherings/<slug:key>/closing/outcome.{}", reports.outcome_document, "outcome"),
        )
    ),
]
