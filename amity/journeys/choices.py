from enum import StrEnum


class ClosingState(StrEnum):
    """How far the closing of an edition is, for one who looks at it. Derived, never typed in."""

    NOT_YET = "not_yet"
    NOT_HELD = "not_held"
    MISSING = "missing"
    READY = "ready"
    PROPOSED = "proposed"
    ASKED = "asked"
    REOPENING = "reopening"
    ASKED_BACK = "asked_back"
    UNCONFIRMED = "unconfirmed"
    CLOSED = "closed"


class Became(StrEnum):
    """What became of a verb that every side must want."""

    DONE = "done"
    PROPOSED = "proposed"
    AGREED = "agreed"
    ASKED_ON = "asked_on"
