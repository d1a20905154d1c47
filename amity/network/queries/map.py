"""What the map draws: each partnership while they are few, whole countries when they are many."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Avg, Count, OuterRef, Q, Subquery

from amity.foundation.pages.links import url
from amity.foundation.pages.memo import per_version
from amity.foundation.pages.public import Page
from amity.languages.text import Text
from amity.network.centres import CENTRES
from amity.network.choices import AreaKind, Stage
from amity.network.geography import Frame, arc, frame, project
from amity.network.models import Area, Side

from .codeless import Between, between_without_codes
from .labels import Dot, Point, labelled
from .lists import Country, Wanted, countries, how_many, partnerships, with_sides

FEW = 200
"""Up to so many partnerships are drawn one by one."""
MOST_ARCS = 300
"""Of pairs of countries, the strongest so many are drawn."""

MOST_CITIES = 40
"""Of the places in these countries, those with most partnerships are drawn and named."""


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
class Map:
    """A drawn map. `grouped`: lines stand for pairs of countries; `left_out`: pairs not drawn;
    `nowhere`: partnerships not on it, because nobody recorded where their sides are."""

    frame: Frame
    lines: tuple[Line, ...]
    dots: tuple[Dot, ...]
    grouped: bool
    left_out: int = 0
    nowhere: int = 0

    @property
    def doubtful(self) -> bool:
        """Whether something speaks against any line of it."""
        return any(line.certainty for line in self.lines)

    @property
    def invented(self) -> bool:
        """Whether anything on it is fictional."""
        return any(line.invented for line in self.lines) or any(dot.invented for dot in self.dots)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What stands for whole countries. `left_out`: weaker pairs, which are not drawn. `drawn`: how
    many partnerships have a place, on the map or among these."""

    lines: tuple[Line, ...]
    dots: tuple[Dot, ...]
    left_out: int
    drawn: int


def draw(page: Page, wanted: Wanted) -> Map:
    """The map of the partnerships wanted. Five statements at most, once their number is known."""
    if how_many(page, wanted) <= FEW:
        return _each(wanted)
    found = _grouped(page, wanted)
    nowhere = how_many(page, wanted) - found.drawn
    return _map(found.lines, found.dots, grouped=True, left_out=found.left_out, nowhere=nowhere)


def _each(wanted: Wanted) -> Map:
    """Two statements."""
    dots: dict[str, Dot] = {}
    ending: Counter[str] = Counter()
    lines, nowhere = [], 0
    for partnership in with_sides(partnerships(wanted).select_related("dossier")):
        invented = partnership.dossier.fictional
        ends = []
        for side in partnership.sides.all():
            area = side.area
            if (point := _place(area.longitude, area.latitude)) is not None:
                ends.append(point)
                ending[area.key] += 1
                own = url("network:area", key=area.key)
                dots.setdefault(area.key, Dot(*point, area.name, own, area.dossier.fictional))
        nowhere += len(ends) < 2
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
    # Where most partnerships end is named first: others go without where there is no room for all.
    most = sorted(dots, key=lambda key: -ending[key])
    return _map(tuple(lines), tuple(dots[key] for key in most), grouped=False, nowhere=nowhere)


@per_version(largest=32)
def _grouped(page: Page, wanted: Wanted) -> Drawn:
    """The lines, the places, and what is left out; the same in every language.

    One or two statements, one for the countries, one for cities, and three for what has no code.
    """
    pairs = (
        partnerships(wanted)
        .exclude(pair="")
        .order_by()
        .values_list("pair")
        .annotate(number=Count("pk"), real=Count("pk", filter=Q(dossier__fictional=False)))
    )
    known = countries(page)
    between = [
        Between(first, second, number, bool(real))
        for pair, number, real in pairs
        for first, _, second in [pair.partition("-")]
    ]
    ends = _ends({code for one in between for code in (one.first, one.second)}, known)
    if sum(one.number for one in between) < how_many(page, wanted):
        without_codes, more = between_without_codes(wanted)
        between += without_codes
        ends |= {key: _End(point, name, f"?area={key}") for key, (point, name) in more.items()}
    between.sort(key=lambda one: (-one.number, one.first, one.second))
    placed = [one for one in between if one.first in ends and one.second in ends]
    lines, dots = [], {}
    for one in placed[:MOST_ARCS]:
        first, second = ends[one.first], ends[one.second]
        for key, end in ((one.first, first), (one.second, second)):
            if end.name is not None:
                dots[key] = Dot(*end.point, end.name, end.address)
        if one.first != one.second:
            path, weight = arc(first.point, second.point), _weight(one.number)
            lines.append(Line(path, first.address, None, one.number, weight, False, not one.real))
    return Drawn(
        tuple(reversed(lines)),
        (*dots.values(), *_cities(wanted)),
        left_out=max(0, len(placed) - MOST_ARCS),
        drawn=sum(one.number for one in placed),
    )


def _cities(wanted: Wanted) -> Iterator[Dot]:
    """The places below countries that have most of the partnerships wanted. One statement."""
    sides = Side.objects.filter(area__latitude__isnull=False, area__longitude__isnull=False)
    sides = sides.exclude(area__kind=AreaKind.COUNTRY).order_by()
    if wanted:
        sides = sides.filter(partnership__in=partnerships(wanted).order_by())
    counted = sides.values("area").annotate(number=Count("pk"))
    most = counted.order_by("-number", "area")[:MOST_CITIES].values("area")
    number = Subquery(counted.filter(area=OuterRef("pk")).values("number"))
    areas = Area.objects.filter(pk__in=most).annotate(number=number).select_related("dossier")
    for area in areas.order_by("-number", "pk"):
        if (point := _place(area.longitude, area.latitude)) is not None:
            yield Dot(*point, area.name, f"?area={area.key}", area.dossier.fictional)


@dataclass(frozen=True, slots=True)
class _End:
    """Where a line ends: the point, the name of what lies there, the address it leads to."""

    point: Point
    name: Text | None
    address: str


def _map(
    lines: tuple[Line, ...],
    dots: tuple[Dot, ...],
    *,
    grouped: bool,
    left_out: int = 0,
    nowhere: int = 0,
) -> Map:
    shown = frame((dot.x, dot.y) for dot in dots)
    return Map(shown, lines, tuple(labelled(dots, shown)), grouped, left_out, nowhere)


def _ends(codes: set[str], known: Iterable[Country]) -> dict[str, _End]:
    """Country code → where its lines end: its own place, its country's, or the middle of its areas.

    One statement when some have neither of the first two.
    """
    names = {one.code: one.name for one in known}
    found = {one.code: _place(one.longitude, one.latitude) for one in known}
    for code in codes:
        if found.get(code) is None and code in CENTRES:
            found[code] = project(*CENTRES[code])
    if missing := {code for code in codes if found.get(code) is None}:
        placed = Area.objects.filter(latitude__isnull=False).order_by()
        middles = placed.filter(country_code__in=missing).values_list("country_code")
        for code, longitude, latitude in middles.annotate(Avg("longitude"), Avg("latitude")):
            found[code] = _place(longitude, latitude)
    return {
        code: _End(point, names.get(code), f"?country={code}")
        for code, point in found.items()
        if point is not None and code in codes
    }


def _place(longitude: float | None, latitude: float | None) -> Point | None:
    """Where on the map that is; None where it is not known."""
    return None if longitude is None or latitude is None else project(longitude, latitude)


def _weight(number: int) -> int:
    """Four strengths of line: up to 3, 30, 300 partnerships, and more."""
    return 1 + (number > 3) + (number > 30) + (number > 300)
