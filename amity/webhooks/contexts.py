"""What the pages of webhooks show."""

from dataclasses import dataclass

from django import forms

from amity.foundation.pages.context import PageContext
from amity.languages.text import Text
from amity.webhooks.models import Delivery, Hook


@dataclass(frozen=True, kw_only=True)
class HooksPage(PageContext):
    """The webhooks (`hooks`) of an office (`own`) and the `form` to register one.

    `vouched`: somebody vouches for the office; `may`: the reader is an officer of it.
    """

    template = "webhooks/hooks.html"

    own: Text
    hooks: tuple[Hook, ...]
    form: forms.BaseForm
    vouched: bool
    may: bool


@dataclass(frozen=True, kw_only=True)
class HookPage(PageContext):
    """One webhook (`hook`): what it hears of, its last `deliveries`, and what an officer does.

    `secret`: shown this once, empty otherwise. `overlaps`: an earlier secret still signs too.
    `form`: of what it hears. `zone`: by whose clocks moments are told.
    `may`: the reader is an officer of the office.
    """

    template = "webhooks/hook.html"

    hook: Hook
    secret: str
    overlaps: bool
    deliveries: tuple[Delivery, ...]
    form: forms.BaseForm
    may: bool
    zone: str
