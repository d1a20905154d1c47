"""Prints into docs/dossier.md every kind of record, its fields, and the words that may be chosen.

./run python -m tools.dossier          # writes the part of the page below its mark
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

PAGE = Path(__file__).resolve().parent.parent / "docs" / "dossier.md"
MARK = "<!-- from here on printed by `./run python -m tools.dossier` -->\n"
HEAD = """
## Every kind and field

A * marks what must be written. *text*, *date* and references are as above; *words* have no language. Of a closed list each word is given with what it means.
"""  # noqa: E501 - Markdown, a paragraph a line


def page() -> str:
    """The whole page: what people wrote of it, and what is printed."""
    written, _mark, _printed = PAGE.read_text().partition(MARK)
    return written + MARK + HEAD + "".join(_kinds())


def _kinds() -> Iterator[str]:
    from amity.dossier.shapes.catalogue import head_shape, record_shape
    from amity.record import kinds

    yield "\n### dossier.yaml\n\nWhat the folder is.\n\n"
    yield from _table(head_shape(), "")
    for kind in sorted(kinds.kinds(), key=lambda one: one.plural):
        about = (kind.model.__doc__ or "").strip().split("\n\n")[0]
        yield f"\n### {kind.plural}\n\n{' '.join(about.split())}\n\n"
        yield from _table(record_shape(kind.kind), kind.kind)


def _table(shape: Any, kind: str) -> Iterator[str]:
    yield "| field | what is written |\n| --- | --- |\n"
    names = shape.names if kind else tuple(shape.fields)
    for name in names:
        yield f"| `{name}`{'*' if _required(shape, name) else ''} | {_what(shape, name)} |\n"
    for name, child in shape.children.items():
        for field in child.shape.fields:
            star = "*" if field in child.shape.required else ""
            yield f"| `{name}[].{field}`{star} | {_what(child.shape, field)} |\n"


def _required(shape: Any, name: str) -> bool:
    return name in shape.required or name == "file"


def _what(shape: Any, name: str) -> str:
    if name in shape.children:
        return "list of rows, in order"
    if name in shape.lists:
        return f"list of `id`s of {_plural(shape.lists[name].kind)}"
    if name == "file":
        return "name of a file below `pictures/`"
    return _value(shape.fields[name])


def _value(field: Any) -> str:
    from amity.dossier.shapes.columns import Flag
    from amity.dossier.shapes.references import AnyReference, Reference
    from amity.dossier.shapes.texts import AsSaid, InLanguages

    shape = field.shape
    if isinstance(shape, Reference):
        return f"`id` of one of the {_plural(shape.kind)}"
    named = {
        AnyReference: "any record, as `kind/id`",
        InLanguages: "text",
        AsSaid: "date",
        Flag: "`true` or `false`",
    }
    return next((words for kind, words in named.items() if isinstance(shape, kind)), "") or _column(
        field.column
    )


def _plural(kind: str) -> str:
    from amity.record import kinds

    return kinds.get(kind).plural


def _column(column: Any) -> str:
    from amity.followup.choices import Goal
    from amity.followup.fields import GoalsColumn
    from amity.foundation.dates import fields as dates
    from amity.foundation.fields import (
        AddressColumn,
        AmountColumn,
        ChoiceColumn,
        DegreesColumn,
        SlugColumn,
        WholeNumbers,
    )
    from amity.languages.fields import LanguageColumn, LanguagesColumn
    from amity.network.fields import OtherNamesColumn

    if isinstance(column, ChoiceColumn):
        return f"one of {_closed(column.flatchoices)}"
    if isinstance(column, WholeNumbers):
        return f"whole number from {column.least} to {column.most:,}"
    if isinstance(column, GoalsColumn):
        return f"list of numbers from {min(Goal)} to {max(Goal)}: {_closed(Goal.choices)}"
    if isinstance(column, OtherNamesColumn):
        return f"list of `{{words, lang, kind}}`, with `since` and `until` where known; {_names()}"
    for kind, words in (
        (AmountColumn, "number"),
        (DegreesColumn, "degrees, such as 21.0285"),
        (dates.MomentColumn, "moment, such as `2026-05-04T09:30` by the clocks of the gathering"),
        (dates.DayColumn, "day, such as `2026-05-04`"),
        (dates.TimeZoneColumn, "time zone, such as `Asia/Ho_Chi_Minh`"),
        (dates.PeriodColumn, "period, such as `P6M` or `P2Y`"),
        (LanguagesColumn, "list of language tags"),
        (LanguageColumn, "language tag, such as `vi`"),
        (AddressColumn, "address that begins with https:// or http://"),
        (SlugColumn, "name in small letters, digits and hyphens"),
    ):
        if isinstance(column, kind):
            return words
    if column.name == "key":
        return "identifier: small letters, digits and hyphens, or a number such as `C-2026-001`"
    return f"words, at most {column.max_length:,} characters"


def _names() -> str:
    from amity.network.choices import NameKind

    return f"`kind` is one of {_closed(NameKind.choices)}"


def _closed(choices: Any) -> str:
    """The words of a closed list, each with what it means where that is not the word itself."""
    return ", ".join(
        f"`{value}`" if str(label) == str(value).replace("_", " ") else f"`{value}` ({label})"
        for value, label in choices
    )


if __name__ == "__main__":
    django.setup()
    PAGE.write_text(page())
