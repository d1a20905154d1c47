"""The works of an exhibition, panel by panel, from the rows that came with the exhibition."""

from dataclasses import dataclass
from typing import Any

from amity.foundation.dates.as_said import DateAsSaid
from amity.languages.jinja import raw_text
from amity.languages.text import Text

from .gathering import in_order


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture with what has to be said about it. Sizes in pixels."""

    sha256: str
    media_type: str
    width: int
    height: int
    alt: Text
    credit: Text | None
    licence: str


@dataclass(frozen=True, slots=True)
class ShownWork:
    """A work as the gallery shows it; the creator is a key and a name."""

    key: str
    kind: str
    title: Text
    caption: Text | None
    made: DateAsSaid | None
    creator: tuple[str, Text] | None
    picture: ShownPicture | None


@dataclass(frozen=True, slots=True)
class ShownPanel:
    """A panel with its works; the one without a number holds the works without a panel."""

    key: str
    number: int | None
    title: Text | None
    text: Text | None
    works: tuple[ShownWork, ...]


def gallery(exhibition: Any) -> list[ShownPanel]:
    """The panels of an exhibition (as `gathering_or_404` gives it). No SQL statement."""
    works: dict[int | None, list[ShownWork]] = {}
    for row in in_order(exhibition.work_rows):
        works.setdefault(row["panel"], []).append(_work(row))
    panels = [
        ShownPanel(
            row["key"],
            row["number"],
            raw_text(row["title"]),
            raw_text(row["text"]),
            tuple(works.pop(row["id"], ())),
        )
        for row in in_order(exhibition.panel_rows, "number")
    ]
    loose = works.get(None, [])
    return [*panels, ShownPanel("", None, None, None, tuple(loose))] if loose else panels


def _work(row: dict[str, Any]) -> ShownWork:
    name = raw_text(row["creator"])
    return ShownWork(
        key=row["key"],
        kind=row["kind"],
        title=Text.from_json(row["title"]),
        caption=raw_text(row["caption"]),
        made=DateAsSaid.from_json(row["made"]) if row["made"] else None,
        creator=(row["creator_key"], name) if name else None,
        picture=_picture(row) if row["sha256"] else None,
    )


def _picture(row: dict[str, Any]) -> ShownPicture:
    return ShownPicture(
        sha256=row["sha256"],
        media_type=row["media_type"],
        width=row["width"],
        height=row["height"],
        alt=Text.from_json(row["alt"]),
        credit=raw_text(row["credit"]),
        licence=row["licence"],
    )
