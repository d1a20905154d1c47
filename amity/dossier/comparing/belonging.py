"""To which dossier records belong, and whether the same identifier is the same thing.

A city is one record, whichever dossiers refer to it. What an export carried along says where it
belongs; what is common to all, such as cities, may be brought by several folders.
"""

from amity.dossier.comparing.states import beside
from amity.dossier.shapes.beside import EVERYTHING, PUBLIC_PART
from amity.dossier.staging.folder import Staged
from amity.dossier.telling.numbers import of_this_dossier
from amity.foundation.differences import Plain
from amity.languages.text import Text
from amity.record.choices import KeptBy
from amity.record.kinds import Kind
from amity.record.managers import PUBLIC
from amity.record.models import Dossier, Recorded

IDENTIFYING = ("geonames_id", "wikidata_id", "country_code")
"""Fields that tell one thing from another wherever both are known."""


def stranger(staged: Staged, dossier: Dossier, kind: Kind, record: Recorded, state: Plain) -> str:
    """Why the record of this identifier is another thing than the folder's; empty where it is not.

    `record` must know its dossier.
    """
    for name in IDENTIFYING:
        here, there = state.get(name), getattr(record, name, None)
        if here is not None and there not in (None, "", here):
            own = _of_its_own(kind, record.key, dossier)
            return f"is another thing here, with {name} {there}; {own}"
    said = str(beside(staged, kind.kind, record.key).get("belongs_to", dossier.key))
    if said == record.dossier.key or kind.keeping.kept_by == KeptBy.NOBODY:
        return ""
    return f"belongs to the dossier {record.dossier.key}; {_of_its_own(kind, record.key, dossier)}"


def _of_its_own(kind: Kind, key: str, dossier: Dossier) -> str:
    free = of_this_dossier(kind, key, dossier.key)
    return f"expected an id of its own, such as {free}" if free else "expected an id of its own"


def within_extent(staged: Staged, record: Recorded) -> bool:
    """Whether a folder of this extent would hold the record, were it to stay."""
    extent = str(staged.head_beside.get("extent", EVERYTHING))
    if extent == EVERYTHING:
        return True
    if extent == PUBLIC_PART:
        return record.readers == PUBLIC
    return extent in (record.keeper, record.begun_by)


def dossiers(staged: Staged, own: Dossier) -> dict[str, int]:
    """Numbers of the dossiers that the folder's records belong to; makes those not known yet."""
    found = {own.key: own.pk}
    carried = staged.head_beside.get("carried", [])
    heads = {str(head["id"]): head for head in carried if isinstance(head, dict)}  # type: ignore[union-attr] # a list
    for said in staged.beside.values():
        key = str(said.get("belongs_to", own.key))
        if key not in found:
            head = heads.get(key, {})
            title = head.get("title")
            found[key] = Dossier.objects.get_or_create(
                key=key,
                defaults={
                    "title": Text.from_json(title) if isinstance(title, dict) else own.title,
                    "fictional": bool(head.get("fictional", own.fictional)),
                },
            )[0].pk
    return found
