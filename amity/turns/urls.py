"""Addresses of mailed forms, and of turns at the desk."""

from django.urls import path

from amity.turns.views import desk, escalation, holders, questions, reminders, reports

urlpatterns = [
    path("turns/<str:secret>/", holders.turn, name="turn"),
    path("turns/<str:secret>/draft/", holders.draft, name="turn_draft"),
    path("turns/<str:secret>/files/<int:number>/", holders.file, name="turn_file"),
    path("reminders/<str:secret>/", reminders.stop, name="stop_reminders"),
    path("desk/turns/", desk.turns, name="desk_turns"),
    path("desk/turns/questions/", questions.questions, name="desk_questions"),
    path("desk/turns/escalation/", escalation.escalation, name="desk_escalation"),
    path("desk/turns/escalation/<slug:key>/", escalation.of_side, name="desk_escalation_of"),
    path("desk/turns/<int:number>/", desk.turn, name="desk_turn"),
    path("desk/turns/<int:number>/holder/", desk.holder, name="desk_turn_holder"),
    path("desk/turns/<int:number>/ask/", desk.ask, name="desk_turn_ask"),
    path("desk/turns/<int:number>/withdraw/", desk.withdraw, name="desk_turn_withdraw"),
    path("desk/turns/reports/<slug:key>/", reports.report, name="desk_report"),
    path("desk/turns/reports/<slug:key>/reply/", reports.reply, name="desk_report_reply"),
]
