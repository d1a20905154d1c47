"""What each page of the desk shows."""

from dataclasses import dataclass

from amity.foundation.pages.context import PageContext


@dataclass(frozen=True, kw_only=True)
class StartPage(PageContext):
    """What needs the reader. `has_office`: whether they act for an office at all."""

    template = "desk/start.html"

    has_office: bool
