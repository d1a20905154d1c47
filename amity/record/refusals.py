"""Why a write is refused; each says so in the reader's language."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from amity.foundation.differences import FieldChange, Plain
from amity.foundation.words.typography import semicolon
from amity.record.managers import PUBLIC


class NotAllowed(PermissionDenied):
    """Whoever acts may not do this; answered with 403.

    `what` it was about, for whoever reads the trace: it is never shown, since not everybody may
    know of it. `words` say why, where it is more than the right that is missing (`told`).
    """

    def __init__(self, what: str = "", *, words: str = "") -> None:
        super().__init__(words or _("Your office, or your mandate in it, does not allow this."))
        self.what, self.told = what, bool(words)


class NeedsAgreement(NotAllowed):
    """A weighty field of what every side has confirmed: it changes when every side agrees."""

    def __init__(self, fields: Sequence[str]) -> None:
        words = _(
            "Every side has confirmed this; %(fields)s can only change when every side agrees."
        )
        super().__init__(words=words % {"fields": ", ".join(fields)})
        self.fields = tuple(fields)


class ConfirmedWithIt(NotAllowed):
    """A file that every side has confirmed with its record: no side takes it away alone."""

    def __init__(self, name: str) -> None:
        words = _(
            "Every side has confirmed this with the file %(name)s, so no side removes it alone: "
            "propose that it is no part of what they confirm any more."
        )
        super().__init__(words=words % {"name": name})
        self.name = name


class Refused(Exception):
    """Something stands in the way that is neither a right nor a value."""


def words_of(error: ValidationError | Refused | NotAllowed) -> str:
    """Why a write is refused, in the reader's language: all that is wrong of what was given."""
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


class Conflict(Refused):
    """Somebody else has saved the record since it was read. Nothing was written.

    `mine` and `theirs` are the record as it was to be saved and as it stands.
    """

    def __init__(self, kind: str, key: str, mine: Plain, theirs: Plain | None) -> None:
        super().__init__(_("Somebody else has changed this since you began."))
        self.kind, self.key, self.mine, self.theirs = kind, key, mine, theirs


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference from one record to another: where it stands, and what it names.

    `readers`: who reads the record where it stands. `key` and `other` are empty for those who
    may not read these records. `named`: the kind of what it names, empty for any. `words`: what
    people call it: what it names, or the record where it stands.
    """

    kind: str
    key: str
    field: str
    other: str
    readers: str = PUBLIC
    named: str = ""
    words: str = dataclasses.field(default="", compare=False)


class Hidden(Refused):
    """The record refers to what not all its readers may read; `references` lists it.

    `naming`: what others read that names the record, where they are to read that no more.
    """

    def __init__(self, references: Sequence[Reference], naming: Sequence[Reference] = ()) -> None:
        if references:
            said = _("Not all who are to read this may read what it names. Release that first: %s.")
        else:
            said = _("What others go on reading names this. Withdraw that first: %s.")
        super().__init__(said % _listed(references or naming))
        self.references = tuple(dict.fromkeys((*references, *naming)))


class StillReferred(Refused):
    """Other records refer to what is to be removed; `references` lists them."""

    def __init__(self, references: Sequence[Reference]) -> None:
        super().__init__(_("Other records refer to this: %s.") % _listed(references))
        self.references = tuple(references)


def _listed(references: Sequence[Reference]) -> str:
    return semicolon().join(dict.fromkeys(one.words for one in references))


class ChangedSince(Refused):
    """What is to be undone was changed again; `changes` says where, and what stands there now."""

    def __init__(self, changes: Sequence[FieldChange]) -> None:
        listed = ", ".join(".".join(map(str, one.path)) or _("the record") for one in changes)
        super().__init__(_("Changed again since, and so not undone: %s.") % listed)
        self.changes = tuple(changes)
