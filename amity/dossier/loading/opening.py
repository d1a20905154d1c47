"""How a load begins: who loads, whether it may, and what the dossier is called."""

from amity.accounts.queries import acting_by_command
from amity.dossier.loading.mistakes import in_head
from amity.dossier.models import FolderMark
from amity.dossier.shapes.catalogue import head_shape
from amity.dossier.staging.folder import Staged
from amity.languages.text import Text
from amity.network.models import Office, Organization
from amity.record import kinds
from amity.record.acting import Acting
from amity.record.models import Dossier

COMMAND = "dossier load"


def acting_for(staged: Staged, named: str) -> Acting:
    """Who loads: the office that was `named`, or the folder's. Raises DossierError."""
    key = named or str(staged.head.get("office", ""))
    if not key:
        raise in_head(
            staged, "office", "is missing; it says who keeps the dossier (or say --for OFFICE)"
        )
    office = Office.objects.filter(organization__key=key).select_related("organization").first()
    if office is None or office.vouched_at is None:
        why = (
            f"nobody vouches for {key} here; an administrator may with `amity office vouch {key}`"
            if Organization.everything.filter(key=key).exists()
            else f"there is no organization {key} here; say --for OFFICE for another"
        )
        raise in_head(
            staged,
            "" if named else "office",
            f"{why}, or bring back a whole dossier with --restore",
        )
    return acting_by_command(COMMAND, office)


def refuse_what_stands(staged: Staged, dossier: Dossier | None) -> None:
    """Raise DossierError where the dossier is here already, not carried along with another."""
    if dossier is None:
        return
    brought = FolderMark.objects.filter(dossier=dossier).exists()
    carried = FolderMark.objects.exclude(dossier=dossier).values("entry__key")
    own = any(
        kind.model.everything.filter(dossier=dossier).exclude(key__in=carried).exists()
        for kind in kinds.kinds()
    )
    if brought or own:
        raise in_head(
            staged, "id", f"the dossier {dossier.key} is here already; load it without --restore"
        )


def write_head(staged: Staged, dossier: Dossier | None) -> Dossier:
    """Keep what the folder says of the dossier itself, of a new one or of one that stands."""
    values = {
        one.column.name: staged.head.get(name, one.default)
        for name, one in head_shape().fields.items()
    }
    for name in ("title", "summary"):
        values[name] = Text.from_json(values[name]) if values[name] else None
    if dossier is None:
        return Dossier.objects.create(**values)
    Dossier.objects.filter(pk=dossier.pk).update(**values)
    return Dossier.objects.get(pk=dossier.pk)
