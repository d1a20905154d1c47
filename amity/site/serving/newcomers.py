"""Officers of both sides of the fictional twinning, whom anybody may be in the demonstration.

Only the demonstration's settings know the addresses that sign somebody in as one of them.
"""

from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from amity.accounts.actions import add_user, give_mandate
from amity.accounts.models import MandateHeld, User
from amity.foundation.actions import By
from amity.network.models import Office
from amity.record.choices import Mandate


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody invented, the organization they act for, and the language they read."""

    name: str
    address: str
    office: str
    language: str


NEWCOMERS = {
    "lindholm": Newcomer("Ylva Ask", "ylva@lindholm.invalid", "lindholm-friendship-union", "en"),
    "porto-claro": Newcomer(
        "Duarte Maresia", "duarte@porto-claro.invalid", "porto-claro-external", "fr"
    ),
}


def prepare() -> None:
    """Make the officers known, where they are not."""
    by = By(command="demo")
    for one in NEWCOMERS.values():
        user = User.objects.with_address(one.address) or add_user(
            by, one.address, one.name, one.language
        )
        office = Office.objects.get(organization__key=one.office)
        if not MandateHeld.objects.filter(user=user, office=office, ended=None).exists():
            give_mandate(by, user, office, Mandate.OFFICER)


def addresses() -> list[str]:
    """The addresses that sign somebody in as one of the officers."""
    return [f"{settings.BASE_URL}/demonstration/{name}/" for name in NEWCOMERS]


@require_safe
@never_cache
def sign_in(request: HttpRequest, name: str) -> HttpResponse:
    """Sign whoever comes in as one of the officers. Raises Http404 outside a demonstration."""
    newcomer = NEWCOMERS.get(name)
    user = User.objects.with_address(newcomer.address) if newcomer else None
    if newcomer is None or user is None or not getattr(settings, "DEMONSTRATION", False):
        raise Http404(name)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    UserSession.objects.create_from_request(request)
    with translation.override(newcomer.language):
        return redirect(reverse("desk"))


urlpatterns = [path("demonstration/<slug:name>/", sign_in, name="demonstration")]
