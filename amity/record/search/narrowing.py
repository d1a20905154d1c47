"""What of the found is wanted, and what of it may be read, as a condition of a statement."""

from dataclasses import dataclass

from amity.record.acting import Acting


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What of the found is wanted: kinds, a partnership, a year, a dossier, real or fictional."""

    kind: str | None = None
    partnership: str | None = None
    year: int | None = None
    dossier: str | None = None
    fictional: bool | None = None


ANYTHING = Narrowed()


def conditions_for(acting: Acting, narrowed: Narrowed) -> tuple[str, list[str | int]]:
    """SQL for what whoever acts may read and wants: the same as `queries.visible_entries`."""
    readers = sorted(acting.readers)
    sql = [
        f"e.readers IN ({', '.join(['%s'] * len(readers))})",
        "e.removed_at IS NULL",
        "e.moved_to_id IS NULL",
    ]
    values: list[str | int] = [*readers]
    for column, value in (
        ("e.kind", narrowed.kind),
        ("d.partnership", narrowed.partnership),
        ("d.year", narrowed.year),
    ):
        if value is not None:
            sql.append(f"{column} = %s")
            values.append(value)
    of_dossier = "e.dossier_id IN (SELECT id FROM record_dossier WHERE {} = %s)"
    for column, value in (("key", narrowed.dossier), ("fictional", narrowed.fictional)):
        if value is not None:
            sql.append(of_dossier.format(column))
            values.append(value)
    return " AND ".join(sql), values
