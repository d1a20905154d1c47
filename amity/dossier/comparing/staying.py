"""What a folder holds no more but others in the record still name stays, and is listed."""

from collections.abc import Iterator

from django.db import models

from amity.dossier.comparing.differences import Difference
from amity.dossier.staging.folder import Staged
from amity.foundation.database.batches import batched
from amity.record import kinds, references
from amity.record.kinds import Kind
from amity.record.models import Recorded
from amity.record.plain.layout import layout


def keep_what_is_named(staged: Staged, difference: Difference) -> list[str]:
    """Take from what is to be removed all that stays because of others; says what, and why.

    Records of the folder itself are about to say otherwise, so they do not count.
    """
    left: list[str] = []
    found = True
    while found:
        found = False
        for kind in kinds.kinds():
            removed = difference.kinds[kind.kind].removed
            for key, why in list(_named(staged, difference, kind)):
                if key in removed:
                    del removed[key]
                    left.append(f"{kind.kind} {key}: {why}")
                    found = True
    return left


def _named(staged: Staged, difference: Difference, kind: Kind) -> Iterator[tuple[str, str]]:
    """Keys of records to be removed that something names which stays, and what that is."""
    removed = difference.kinds[kind.kind].removed
    for reference, number in references.naming(kind.kind, list(removed.values())):
        goes = number in difference.kinds[reference.kind].removed.values()
        if not goes and not staged.spool.has(reference.kind, reference.key):
            key = reference.other.partition(" ")[2]
            yield key, f"stays, for the {reference.kind} {reference.key} names it"
    for model, name in _others(kind):
        for few in batched(removed.values()):
            rows = model._base_manager.filter(**{f"{name}__in": few})
            for key in rows.values_list(f"{name}__key", flat=True):
                yield key, f"stays, for {model._meta.verbose_name_plural} name it"


def _others(kind: Kind) -> Iterator[tuple[type[models.Model], str]]:
    """Tables that are no part of any record and name records of the kind, with the reference."""
    found = layout(kind.model)
    parts = {child.model for child in found.children} | {many.pairs for many in found.lists}
    for relation in kind.model._meta.related_objects:
        model = relation.related_model
        child_of_others = any(column.name == "position" for column in model._meta.fields)
        if not issubclass(model, Recorded) and model not in parts and not child_of_others:
            yield model, relation.field.name
