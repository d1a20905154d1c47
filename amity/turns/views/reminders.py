"""Ending reminders from a letter: looking changes nothing, one press does; no cookie is needed."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from amity.foundation.pages.context import show
from amity.foundation.pages.strangers import by_link
from amity.turns.actions import reminding
from amity.turns.choices import ReminderKind
from amity.turns.contexts import StopPage


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, secret: str) -> HttpResponse:
    """The page with its one button; a mail program may press it by itself (RFC 8058)."""
    found = reminding.to_stop(secret)
    if found is None:
        page = StopPage(known=False, what="", stopped=False, noindex=True)
        return show(request, page, status=404)
    user, kind = found
    if request.method == "POST":
        if request.POST.get("act") == "resume":
            reminding.resume(user, kind)
        else:
            reminding.stop(user, kind)
        user.refresh_from_db()
    what = "" if kind == reminding.ALL else str(ReminderKind(kind).label)
    stopped = reminding.is_stopped(user, kind)
    return show(request, StopPage(known=True, what=what, stopped=stopped, noindex=True))
