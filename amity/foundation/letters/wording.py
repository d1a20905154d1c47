"""What a letter says, before it is laid out: rooms fill this in their `messages.py`."""

from dataclasses import dataclass, field
from typing import ClassVar

from amity.foundation.pages.context import Context


@dataclass(frozen=True, slots=True)
class Button:
    """The one act a letter asks for."""

    label: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Wording(Context):
    """A letter: `subject`, `body` in paragraphs, one `button`, and `small` words at the end.

    `code`: what the reader types somewhere, set apart. All are plain text in the recipient's
    language; whatever somebody typed is escaped where it is laid out.
    """

    template: ClassVar[str] = "foundation/letter.html"

    subject: str
    body: tuple[str, ...]
    code: str = ""
    button: Button | None = None
    small: tuple[str, ...] = field(default=())

    def as_text(self) -> str:
        """The letter as plain text."""
        parts = [*self.body]
        if self.code:
            parts.append(f"    {self.code}")
        if self.button:
            parts.append(f"{self.button.label}:\n{self.button.address}")
        return "\n\n".join([*parts, *self.small, "Amity"]) + "\n"
