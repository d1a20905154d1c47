"""Bringing a whole dossier back: offices, keepers, readers, and what sides have confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from amity.dossier.comparing.states import beside
from amity.dossier.problems import DossierError
from amity.dossier.staging.folder import Staged
from amity.dossier.staging.placing import Unplaced, placed
from amity.foundation.actions import By
from amity.foundation.differences import JSON, Plain
from amity.network.actions import open_office, vouch
from amity.network.models import Organization, Side
from amity.record import kinds
from amity.record.acting import Acting, Speaking, office_named
from amity.record.actions.standings import bring_back
from amity.record.actions.write import Kept
from amity.record.choices import KeptBy, Mandate
from amity.record.kinds import Kind
from amity.record.managers import PUBLIC

COMMAND = "dossier load --restore"


@dataclass(frozen=True, slots=True)
class OfficeSaid:
    """An office that the head of a folder names, with the sides that it speaks for."""

    organization: str
    sides: tuple[str, ...] = ()
    timezone: str = "UTC"
    voice: bool = False


@dataclass
class Restoring:
    """How records of a folder were kept. `acting`: the administrator, for the folder's office."""

    staged: Staged
    acting: Acting = field(init=False)
    offices: list[OfficeSaid] = field(init=False)
    speakers: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.offices = _offices(self.staged)
        self.speakers = {side: one.organization for one in self.offices for side in one.sides}
        office = str(self.staged.head["office"])
        mine = next(one for one in self.offices if one.organization == office)
        self.acting = Acting(
            command=COMMAND,
            office=office_named(office),
            vouched=True,
            sides=frozenset(self._speaking(side, mine.voice) for side in mine.sides),
            mandates=frozenset({Mandate.OFFICER}),
            administrator=True,
        )

    def _speaking(self, side: str, voice: bool) -> Speaking:
        record = self.staged.spool.find("side", side) or {}
        return Speaking(f"side:{side}", f"partnership:{record.get('partnership')}", voice)

    def kept(self, kind: Kind, key: str, state: Plain) -> Kept | None:
        """How a record is kept and read; None where that follows from the office of the folder."""
        said = beside(self.staged, kind.kind, key)
        keeper, begun_by = said.get("keeper"), said.get("begun_by")
        if kind.keeping.kept_by == KeptBy.OWNER:
            return None
        if keeper is None and kind.keeping.kept_by == KeptBy.SIDE:
            side = str(state.get(kind.keeping.side))
            office = self.speakers.get(side)
            if office is not None and office_named(office) != self.acting.office:
                keeper, begun_by = f"side:{side}", begun_by or office_named(office)
        if keeper is None and begun_by is None:
            return None
        kept_by = self.acting.office if keeper is None else str(keeper)
        readers = "" if kind.keeping.part_of else PUBLIC
        if said.get("audience"):
            readers = kept_by
        return Kept(kept_by, str(begun_by or self.acting.office), readers)

    def open_offices(self) -> None:
        """Give every office that the folder names its desk, and vouch for it."""
        by = By(command=COMMAND)
        for one in self.offices:
            organization = Organization.everything.get(key=one.organization)
            office = open_office(by, organization, one.timezone)
            vouch(by, office)
            for key in one.sides:
                side = Side.everything.get(key=key)
                vouch(by, office, side, voice=one.voice, restoring=True)

    def confirm(self) -> None:
        """Let stand again what the sides have confirmed."""
        by_kind: dict[str, dict[str, list[tuple[str, datetime, list[str]]]]] = {}
        for (kind, key), said in self.staged.beside.items():
            rows = said.get("confirmed")
            if isinstance(rows, list):
                listed = [_confirmation(row) for row in rows if isinstance(row, Mapping)]
                by_kind.setdefault(kind, {})[key] = listed
        for kind, confirmations in by_kind.items():
            bring_back(kinds.get(kind), confirmations)


def _confirmation(row: Mapping[str, JSON]) -> tuple[str, datetime, list[str]]:
    languages = row.get("languages", [])
    tags = [str(tag) for tag in languages] if isinstance(languages, list) else []
    return f"side:{row['side']}", datetime.fromisoformat(str(row["at"])), tags


def _offices(staged: Staged) -> list[OfficeSaid]:
    """The offices that the head names, its own among them. Raises DossierError."""
    wrong = Unplaced()
    named = str(staged.head.get("office", ""))
    if not named:
        wrong.add_to_head(("office",), "is missing; it says who keeps the dossier")
        raise DossierError(placed(staged, wrong))
    found: list[OfficeSaid] = []
    listed = staged.head_beside.get("offices", [])
    for row in listed if isinstance(listed, list) else []:
        if isinstance(row, Mapping):
            sides = row.get("sides", [])
            found.append(
                OfficeSaid(
                    str(row["organization"]),
                    tuple(str(side) for side in sides) if isinstance(sides, list) else (),
                    str(row.get("timezone", "UTC")),
                    row.get("voice") is True,
                )
            )
    if named not in {one.organization for one in found}:
        found.append(OfficeSaid(named))
    for one in found:
        for kind, key in [("organization", one.organization), *(("side", s) for s in one.sides)]:
            if not staged.spool.has(kind, key):
                message = f"there is no {kind} {key} in this dossier; expected one that is"
                wrong.add_to_head(("office",), message)
    if wrong:
        raise DossierError(placed(staged, wrong))
    return found
