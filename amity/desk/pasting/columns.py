"""Which field each column of a table is: what can be, and what its heading says."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.conf import settings
from rapidfuzz.fuzz import token_set_ratio

from amity.delegations.models import Delegate
from amity.desk.pasting.headings import HEADINGS
from amity.desk.pasting.table import Line
from amity.gatherings.models import Contribution, Speaker
from amity.languages import codes
from amity.languages.fields import TextColumn
from amity.network.models import Membership, Organization, Person
from amity.record.kinds import Kind

LIKE = 88
"""Of 100: how near a heading is to a known one that it is taken for it."""
LOOKED_AT = 5
"""Lines from the top among which headings may stand: sheets begin with a title."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A field that a column may be; `translated`: in one of several languages."""

    name: str
    label: str
    translated: bool = False


@dataclass(frozen=True, slots=True)
class Headed:
    """The line in which headings stand, 0 for none, and what each column is: a field's name,
    with `:` and a language where it is told; empty for one that is not taken."""

    line: int
    columns: tuple[str, ...]


def offered(kind: Kind) -> tuple[Offered, ...]:
    """The fields of pasted rows of a kind; the first is the one that each row must have."""

    def of(model: type, name: str, field: str = "") -> Offered:
        column = model._meta.get_field(field or name)  # type: ignore[attr-defined] # a model
        words = str(column.verbose_name)
        return Offered(name, words[:1].upper() + words[1:], isinstance(column, TextColumn))

    if kind.model in (Person, Delegate):
        names = ("name", "family_name", "summary")
        found = [of(Person, name) for name in names]
        post = of(Membership, "post", "title")
        about = (of(Membership, "organization"), post)
        if kind.model is Delegate:
            of_delegation = replace(of(Delegate, "delegation"), translated=True)
            into = (of(Delegate, "role"), of(Delegate, "group"), of_delegation)
            return (*found[:2], *about, *into)
        return (*found[:2], *about, found[2])
    if kind.model is Organization:
        return tuple(of(Organization, name) for name in ("name", "kind", "area", "url", "summary"))
    speakers = str(Speaker._meta.verbose_name_plural)
    return (
        of(Contribution, "title"),
        Offered("speakers", speakers[:1].upper() + speakers[1:]),
        of(Speaker, "organization"),
        *(of(Contribution, name) for name in ("session", "kind", "starts_at", "ends_at")),
        of(Contribution, "abstract"),
        of(Contribution, "language"),
    )


def recognised(kind: Kind, lines: Sequence[Line], tags: Sequence[str]) -> Headed:
    """What the headings say, in whatever language; without any, the first column is the name."""
    names = [one.name for one in offered(kind)]
    translated = {one.name for one in offered(kind) if one.translated}
    best = Headed(0, (names[0], *[""] * (len(lines[0]) - 1)))
    most = 0
    for number, line in enumerate(lines[:LOOKED_AT], 1):
        columns: list[str] = []
        for cell in line:
            name = meant(cell, names)
            if name in translated and (tag := language_of(cell, tags)):
                name = f"{name}:{tag}"
            columns.append("" if name in columns else name)
        count = len(list(filter(None, columns)))
        if not any(one.partition(":")[0] == names[0] for one in columns):
            if count < 2 or "" not in columns:  # one word alone may be a value
                continue
            columns[columns.index("")] = names[0]
        if count > most:
            best, most = Headed(number, tuple(columns)), count
    return best


def meant(heading: str, names: Sequence[str]) -> str:
    """The field that a heading names; empty for none. The longest known heading in it counts."""
    words = folded(heading)
    if not words or len(words) > 80:
        return ""
    near = [
        (known == words, len(known.split()), likeness, len(known), name)
        for name in names
        for known in map(folded, _known(name, names))
        if len(known.split()) <= len(words.split())  # else a part of it would do
        and (likeness := token_set_ratio(known, words)) >= LIKE
    ]
    return max(near, key=lambda one: one[:4])[4] if near else ""


def _known(name: str, names: Sequence[str]) -> tuple[str, ...]:
    """How the column of a field is headed; in a list of organizations they are its names."""
    own = HEADINGS[name]
    return own if name != "name" or "organization" in names else own + HEADINGS["organization"]


def language_of(heading: str, tags: Sequence[str]) -> str:
    """The language that a heading names: by its code at the end, or by its name in any of ours."""
    code = re.search(r"[(\[/_:\-\s]([a-z]{2,3})\s*[)\]]?$", heading.strip().casefold())
    if code and code[1] in tags:
        return code[1]
    words = f" {folded(heading)} "
    return next((tag for tag in tags if any(f" {name} " in words for name in _names(tag))), "")


@lru_cache(maxsize=64)
def _names(tag: str) -> frozenset[str]:
    """What the languages of the interface call a language."""
    return frozenset(folded(codes.display_name(tag, one)) for one, _name in settings.LANGUAGES)


@lru_cache(maxsize=4096)
def folded(words: str) -> str:
    """`words` without marks and signs, in small letters, for comparison."""
    plain = unicodedata.normalize("NFKD", words.casefold().replace("đ", "d"))
    kept = "".join(sign if sign.isalnum() else " " for sign in plain if not _is_mark(sign))
    return unicodedata.normalize("NFC", " ".join(kept.split()))


def _is_mark(sign: str) -> bool:
    return unicodedata.combining(sign) != 0
