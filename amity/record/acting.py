"""Who acts: for which office, with which mandates, and hence for which sides."""

from dataclasses import dataclass
from typing import NamedTuple

from amity.record.choices import Mandate
from amity.record.managers import PUBLIC

BY_TOKEN = "token "  # noqa: S105 - not a secret
"""Begins what the trail names as the command where a program acted by a person's token."""

RegisterKey = str
"""`kind:key` of an entry of the register, such as `organization:hanoi-union`; empty for none."""


def office_named(organization: str) -> RegisterKey:
    """The register key of the office that an organization is, by its identifier."""
    return f"organization:{organization}"


def key_of(name: RegisterKey) -> str:
    """The identifier in a register key, without its kind; empty for none."""
    return name.partition(":")[2]


class Speaking(NamedTuple):
    """That an office speaks for a side; `voice`: whether it releases, confirms and agrees."""

    side: RegisterKey
    partnership: RegisterKey
    voice: bool = True


@dataclass(frozen=True, slots=True)
class Acting:
    """Who does something, or asks to read something.

    `user`: number of the person who signed in, None for a command or a stranger. `command`: the
    command, where it is one. `office`: the register key of the office acted for. `vouched`:
    whether somebody vouches for that office; until then it reads what is public. `sides`: those
    it speaks for. `mandates`: the person's, for this office. `administrator`: of the
    installation, who is no party and reads no office's own records.
    """

    user: int | None = None
    command: str = ""
    office: RegisterKey = ""
    vouched: bool = False
    sides: frozenset[Speaking] = frozenset()
    mandates: frozenset[Mandate] = frozenset()
    administrator: bool = False

    @property
    def partnerships(self) -> frozenset[RegisterKey]:
        """The partnerships in which the office speaks for a side."""
        return frozenset(one.partnership for one in self.sides) if self.vouched else frozenset()

    @property
    def keeps(self) -> frozenset[RegisterKey]:
        """The keepers that this is, or is one of; a member of the circle is one of the keepers."""
        if not self.vouched:
            return frozenset()
        own = {self.office, *(one.side for one in self.sides)} - {""}
        return frozenset(own) | self.partnerships

    @property
    def readers(self) -> frozenset[str]:
        """What may stand in `readers` of a record that is read."""
        return self.keeps | {PUBLIC} if self.mandates else frozenset({PUBLIC})

    @property
    def organization(self) -> str:
        """The identifier of the organization that is the office; empty for none."""
        return key_of(self.office)

    def speaks_for(self, side: RegisterKey) -> bool:
        """Whether the office speaks for this side."""
        return self.vouched and any(one.side == side for one in self.sides)

    def voices(self, partnership: RegisterKey) -> frozenset[RegisterKey]:
        """The sides of a partnership for which the office releases, confirms and agrees."""
        if not self.vouched:
            return frozenset()
        return frozenset(
            one.side for one in self.sides if one.partnership == partnership and one.voice
        )


STRANGER = Acting()
"""Somebody of whom nothing is known: reads what is public and writes nothing."""
