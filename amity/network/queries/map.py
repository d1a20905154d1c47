"""What the map draws: each partnership while they are few, whole countries when they are many."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from django.db.models import Avg, Count, Q

from amity.foundation.pages.links import url
from amity.foundation.pages.memo import per_version
from amity.foundation.pages.public import Page
from amity.languages.jinja import plain
from amity.languages.text import Text
from amity.network.choices import Stage
from amity.network.geography import Frame, arc, frame, project
from amity.network.models import Area

from .lists import Country, Wanted, countries, how_many, partnerships, with_sides

FEW = 200
"""Up to so many partnerships are drawn one by one."""
MOST_ARCS = 300
"""Of pairs of countries, the strongest so many are drawn."""

LETTERS = 20
"""Height of a place's name in thousandths of the shown width."""
PHONE = 2.3
"""On a phone the style sheet writes names, and draws places, so many times as large."""

Point = tuple[float, float]
Room = Literal["", "left", "right"]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Line:
    """An arc: where it leads, what it stands for, how strong it is (1 to 4) and its stage.

    `invented`: what it stands for is fictional, all of it. `certainty`: what speaks against it.
    """

    path: str
    address: str
    title: Text | None
    count: int
    weight: int
    faded: bool
    invented: bool
    certainty: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on the map.

    `desk`, `phone`: the side on which there is room for its name, in either size of letters.
    """

    x: float
    y: float
    name: Text
    address: str
    invented: bool = False
    desk: Room = ""
    phone: Room = ""


@dataclass(frozen=True, slots=True)
class Map:
    """A drawn map. `grouped`: lines stand for pairs of countries; `left_out`: pairs not drawn."""

    frame: Frame
    lines: tuple[Line, ...]
    dots: tuple[Dot, ...]
    grouped: bool
    left_out: int = 0

    @property
    def doubtful(self) -> bool:
        """Whether something speaks against any line of it."""
        return any(line.certainty for line in self.lines)

    @property
    def invented(self) -> bool:
        """Whether anything on it is fictional."""
        return any(line.invented for line in self.lines) or any(dot.invented for dot in self.dots)


def draw(page: Page, wanted: Wanted) -> Map:
    """The map of the partnerships wanted. Four statements at most, once their number is known."""
    if how_many(page, wanted) <= FEW:
        return _each(wanted)
    lines, dots, left_out = _grouped(page, wanted)
    return _map(lines, dots, grouped=True, left_out=left_out)


def _each(wanted: Wanted) -> Map:
    """Two statements."""
    dots: dict[str, Dot] = {}
    lines = []
    for partnership in with_sides(partnerships(wanted).select_related("dossier")):
        invented = partnership.dossier.fictional
        ends = []
        for side in partnership.sides.all():
            area = side.area
            if (point := _place(area.longitude, area.latitude)) is not None:
                ends.append(point)
                own = url("network:area", key=area.key)
                dots.setdefault(area.key, Dot(*point, area.name, own, area.dossier.fictional))
        address = url("network:partnership", key=partnership.key)
        faded = partnership.stage in (Stage.DORMANT, Stage.ENDED)
        lines += [
            Line(
                arc(ends[0], other),
                address,
                partnership.name,
                1,
                2,
                faded,
                invented,
                partnership.certainty,
            )
            for other in ends[1:]
        ]
    return _map(tuple(lines), tuple(dots.values()), grouped=False)


@per_version(largest=32)
def _grouped(page: Page, wanted: Wanted) -> tuple[tuple[Line, ...], tuple[Dot, ...], int]:
    """The lines, the places, and how many pairs are left out; the same in every language.

    One or two statements, and one for the countries.
    """
    pairs = (
        partnerships(wanted)
        .exclude(pair="")
        .order_by()
        .values_list("pair")
        .annotate(number=Count("pk"), real=Count("pk", filter=Q(dossier__fictional=False)))
        .order_by("-number", "pair")
    )
    strongest = list(pairs[: MOST_ARCS + 1])
    known = countries(page)
    names = {one.code: one.name for one in known}
    centres = _centres({code for pair, *_ in strongest for code in pair.split("-")}, known)
    lines, dots = [], {}
    for pair, number, real in strongest[:MOST_ARCS]:
        codes = pair.split("-")
        if len(codes) != 2 or any(code not in centres for code in codes):
            continue
        for code in codes:
            if code in names:
                dots[code] = Dot(*centres[code], names[code], f"?country={code}")
        if codes[0] != codes[1]:
            path = arc(centres[codes[0]], centres[codes[1]])
            lines.append(
                Line(path, f"?country={codes[0]}", None, number, _weight(number), False, not real)
            )
    left_out = max(0, len(strongest) - MOST_ARCS)
    return tuple(reversed(lines)), tuple(dots.values()), left_out


def _map(
    lines: tuple[Line, ...], dots: tuple[Dot, ...], *, grouped: bool, left_out: int = 0
) -> Map:
    shown = frame((dot.x, dot.y) for dot in dots)
    return Map(shown, lines, tuple(_labelled(dots, shown)), grouped, left_out)


def _labelled(dots: tuple[Dot, ...], shown: Frame) -> Iterator[Dot]:
    """The places, with room for their names wherever those do not run into one another."""
    desk = _rooms(dots, shown, shown.unit * LETTERS)
    phone = _rooms(dots, shown, shown.unit * LETTERS * PHONE)
    for dot, at_a_desk, on_a_phone in zip(dots, desk, phone, strict=True):
        yield replace(dot, desk=at_a_desk, phone=on_a_phone)


def _rooms(dots: Sequence[Dot], shown: Frame, size: float) -> list[Room]:
    """Where each place has room for its name in letters of `size` (in the map's units).

    A letter is taken to be 0.6 of its height wide.
    """
    taken = [
        (dot.x - size / 3, dot.y - size / 3, dot.x + size / 3, dot.y + size / 3) for dot in dots
    ]
    found: list[Room] = []
    for own, dot in enumerate(dots):
        width, near = len(plain(dot.name)) * size * 0.6, size * 0.6
        top, bottom = dot.y - size * 0.6, dot.y + size * 0.6
        places: dict[Room, Box] = {
            "right": (dot.x + near, top, dot.x + near + width, bottom),
            "left": (dot.x - near - width, top, dot.x - near, bottom),
        }
        others = taken[:own] + taken[own + 1 :]
        room: Room = ""
        for side, box in places.items():
            inside = shown.x <= box[0] and box[2] <= shown.x + shown.width
            gap = (min(dot.x, box[0]), top, max(dot.x, box[2]), bottom)
            between = any(_holds(gap, other) for other in dots if other is not dot)
            if inside and not between and not any(_overlap(box, other) for other in others):
                room = side
                taken.append(box)
                break
        found.append(room)
    return found


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _holds(box: Box, dot: Dot) -> bool:
    return box[0] < dot.x < box[2] and box[1] < dot.y < box[3]


def _centres(codes: set[str], known: Iterable[Country]) -> dict[str, Point]:
    """Country code → its place on the map: its own, or the middle of its areas.

    One statement when some have no place of their own.
    """
    found = [(one.code, one.longitude, one.latitude) for one in known if one.latitude is not None]
    if missing := codes - {code for code, *_ in found}:
        placed = Area.objects.filter(latitude__isnull=False).order_by()
        middles = placed.filter(country_code__in=missing).values_list("country_code")
        found += middles.annotate(Avg("longitude"), Avg("latitude"))
    points = ((code, _place(longitude, latitude)) for code, longitude, latitude in found)
    return {code: point for code, point in points if point is not None}


def _place(longitude: float | None, latitude: float | None) -> Point | None:
    """Where on the map that is; None where it is not known."""
    return None if longitude is None or latitude is None else project(longitude, latitude)


def _weight(number: int) -> int:
    """Four strengths of line: up to 3, 30, 300 partnerships, and more."""
    return 1 + (number > 3) + (number > 30) + (number > 300)
