"""What a token allows of what its person may."""

from collections.abc import Iterable

from amity.record.acting import BY_TOKEN, Acting
from amity.record.choices import Mandate
from amity.record.rules import WRITING
from amity.tokens.choices import Purpose

READING = frozenset({Mandate.OBSERVER})
"""The mandate of who writes nothing; what the office reads, they read."""


def narrowed(acting: Acting, purposes: Iterable[str], name: str) -> Acting:
    """Whoever acts, by a token: never more than the person may, and only what the token is for.

    Nobody signs, confirms, vouches or administers by a token. Without the purpose to release, an
    officer's program writes as an editor does.
    """
    wanted = set(purposes)
    mandates = READING
    if wanted & {Purpose.REPORTS, Purpose.RECORDS, Purpose.RELEASE} and WRITING & acting.mandates:
        mandates = frozenset({Mandate.EDITOR})
        if Purpose.RELEASE in wanted and Mandate.OFFICER in acting.mandates:
            mandates = frozenset({Mandate.OFFICER})
    return Acting(
        user=acting.user,
        command=f"{BY_TOKEN}{name}",
        office=acting.office,
        vouched=acting.vouched,
        sides=acting.sides,
        mandates=mandates,
    )


def may_write(purposes: Iterable[str], kind: str) -> bool:
    """Whether a token is for writing records of a kind."""
    wanted = set(purposes)
    return Purpose.RECORDS in wanted or (Purpose.REPORTS in wanted and kind == "report")


def may_release(purposes: Iterable[str]) -> bool:
    """Whether a token is for saying who reads a record."""
    return Purpose.RELEASE in set(purposes)
