"""Following by mail, for strangers: without cookies, and looking changes nothing."""

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from amity.following.actions import asking
from amity.following.contexts import ConfirmPage, FollowingPage, FollowPage
from amity.following.forms import FollowForm
from amity.following.queries import follows
from amity.foundation.letters.posting import can_post
from amity.foundation.pages.asked import whole_number
from amity.foundation.pages.context import show
from amity.foundation.pages.public import PageRequest, public_page
from amity.foundation.pages.speaking import page_language
from amity.foundation.pages.strangers import by_link


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, kind: str, key: str) -> HttpResponseBase:
    """How something is followed; POST asks for letters, and answers the same for every address."""
    if request.method != "POST":
        return how(request, kind, key)
    response = _asked(request, kind, key)
    add_never_cache_headers(response)
    return response


@public_page
def how(request: PageRequest, kind: str, key: str) -> HttpResponse:
    """The form, and other ways to follow."""
    return _shown(request, kind, key, FollowForm(initial={"language": page_language()}), "open")


def _asked(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    entry = follows.followable_or_404(kind, key)
    form = FollowForm(request.POST)
    if not form.is_valid():
        return _shown(request, kind, key, form, "open", status=422)
    if not ratelimit.consume(request, action="follow"):
        return _shown(request, kind, key, form, "limited", status=429)
    mail = form.cleaned_data["mail"]
    if ratelimit.consume(request, action="follow_address", key=asking.as_kept(mail)):
        asking.ask(mail, form.cleaned_data["language"], entry)
    return _shown(request, kind, key, form, "sent" if can_post() else "waits")


def _shown(
    request: HttpRequest, kind: str, key: str, form: FollowForm, state: str, status: int = 200
) -> HttpResponse:
    entry = follows.followable_or_404(kind, key)
    page = FollowPage(
        entry=entry,
        address=follows.address_of(entry),
        form=form,
        ways=follows.ways_of(kind, key),
        state=state,
        fictional=entry.dossier.fictional,
        noindex=True,
    )
    return show(request, page, status=status)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """The link of the first letter; only pressing the button confirms."""
    asked = follows.asked_with(secret)
    if asked is None:
        page = ConfirmPage(entry=None, confirmed=False, end="", noindex=True)
        return show(request, page, status=404)
    end = ""
    if request.method == "POST":
        follower = asking.confirm(asked)
        end = reverse("following", args=[follows.secret_to_end(follower)])
    page = ConfirmPage(
        entry=asked.entry,
        confirmed=bool(end),
        end=end,
        fictional=asked.entry.dossier.fictional,
        noindex=True,
    )
    return show(request, page)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def following(request: HttpRequest, secret: str) -> HttpResponse:
    """What is followed, and its end; a mail program may press the button by itself (RFC 8058)."""
    number = follows.number_to_end(secret)
    if number is None:
        page = FollowingPage(known=False, kept=False, follows=(), noindex=True)
        return show(request, page, status=404)
    if request.method == "POST":
        chosen = request.POST.get("follow", "")
        one = whole_number(chosen)
        if one is not None:
            asking.follow_no_more(number, one)
        elif not chosen:
            asking.end(number)
    page = FollowingPage(
        known=True,
        kept=follows.is_follower(number),
        follows=tuple(follows.follows_of(number)),
        noindex=True,
    )
    return show(request, page)
