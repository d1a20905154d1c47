"""How to read this record."""

from django.http import HttpRequest, HttpResponse

from amity.followup.choices import Completion, JointState
from amity.foundation.pages.context import show
from amity.foundation.pages.public import public_page
from amity.site.contexts import AboutPage


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """What the marks, colours and states on the pages mean."""
    return show(
        request,
        AboutPage(joint_states=dict(JointState.choices), completions=dict(Completion.choices)),
    )
