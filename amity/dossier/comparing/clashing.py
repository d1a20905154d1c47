"""Where a folder and the record disagree, so that somebody has to decide; told all at once."""

from collections.abc import Mapping, Sequence

from amity.dossier.comparing.merging import Clash
from amity.dossier.problems import DossierError
from amity.dossier.staging.folder import Staged
from amity.dossier.staging.placing import Unplaced, placed, way
from amity.foundation.differences import JSON
from amity.foundation.models import Change

DECIDE = "decide with --prefer folder or --prefer record"
LONGEST = 60


class Clashes:
    """Collects them; `stop` raises DossierError when there are any."""

    def __init__(self, staged: Staged) -> None:
        self._staged, self._found = staged, Unplaced()

    def stop(self) -> None:
        """Raise DossierError with all of them."""
        if self._found:
            raise DossierError(placed(self._staged, self._found))

    def both(self, kind: str, key: str, clashes: Sequence[Clash]) -> None:
        """Parts of a record that both have changed, differently."""
        for clash in clashes:
            who = _who(kind, key, clash.path)
            self._add(
                kind,
                key,
                clash.path,
                f"the folder says {_said(clash.folder)}, the record of {kind} {key} "
                f"{_said(clash.record)}{who}; {DECIDE}",
            )

    def removed(self, kind: str, key: str) -> None:
        """A record that the folder says anew, and that was removed in the record."""
        who = _who(kind, key, "")
        self._add(kind, key, "id", f"the {kind} {key} was removed here{who}; {DECIDE}")

    def taken_out(self, kind: str, key: str) -> None:
        """A record that the folder holds no more, and that was changed in the record."""
        who = _who(kind, key, "")
        message = f"the {kind} {key} is not in the folder any more and was changed here{who}"
        self._found.add_to_head((), f"{message}; {DECIDE}")

    def stranger(self, kind: str, key: str, why: str) -> None:
        """A record whose identifier is that of another thing."""
        self._add(kind, key, "id", f"the {kind} {key} {why}")

    def _add(self, kind: str, key: str, path: str, message: str) -> None:
        self._found.add(self._staged.spool.place(kind, key), way(path), message)


def _who(kind: str, key: str, path: str) -> str:
    """Who changed it last in the product, and when; empty where that is not known."""
    changes = Change.objects.filter(kind=kind, key=key).exclude(verb="load").order_by("-id")
    steps = path.split(".")
    for change in changes.select_related("user")[:100]:
        if not path or any(_touches(one, steps) for one in change.paths):
            named = " ".join(filter(None, [change.office or change.command, _person(change)]))
            return f", changed by {named} on {change.at:%Y-%m-%d %H:%M} UTC"
    return ""


def _person(change: Change) -> str:
    return f"({change.user})" if change.user is not None else ""


def _touches(path: Mapping[str, JSON], steps: list[str]) -> bool:
    """Whether a change of the audit trail was at this part, or held it, or was a part of it."""
    walked = path["path"]
    if not isinstance(walked, list):
        return False
    names = [str(step) for step in walked if step != "versions"]
    return all(one == other for one, other in zip(names, steps, strict=False))


def _said(value: JSON) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, Mapping) and "words" in value:
        value = value["words"]
    words = " ".join(str(value).split())
    return f"“{words[:LONGEST]}…”" if len(words) > LONGEST else f"“{words}”"
