"""What the page of tokens shows."""

from dataclasses import dataclass

from django import forms

from amity.foundation.pages.context import PageContext
from amity.languages.text import Text
from amity.tokens.models import Token


@dataclass(frozen=True, kw_only=True)
class TokensPage(PageContext):
    """A person's `tokens` for the office acted for (`own`), and the `form` to make one.

    `secret`: of the one just made, shown this once; empty otherwise. `zone`: of the reader.
    """

    template = "tokens/tokens.html"

    own: Text
    tokens: tuple[Token, ...]
    form: forms.BaseForm
    secret: str
    zone: str
