"""Words that a record gives as said, and whether anything in the record holds them.

What stands between quotation marks, or is called the words used, was said by somebody: a passage of
something published holds it, in its language. (What was noted in a hall is added by the room of
gatherings.) Fictional dossiers are excepted: there all of it is invented, and marked so.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amity.foundation.database.batches import batched
from amity.foundation.dates.as_said import DateAsSaid
from amity.languages import codes
from amity.languages.text import Text
from amity.record import kinds
from amity.record.checks import Broken
from amity.record.models import Recorded
from amity.sources.models import Claim

Row = TypeVar("Row", bound=Recorded)

Thing = tuple[str, str]
"""Kind and key of a record."""

MARKED = re.compile('“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|"([^"]+)"')
"""Words between quotation marks, of whichever language."""
MARKS = re.compile('[“”„«»"‹›]')
APOSTROPHES = str.maketrans("‘’ʼ", "'''")


@dataclass(frozen=True, slots=True)
class Heard:
    """Words that a passage or a note holds, and their language."""

    language: str
    words: str


@dataclass(frozen=True, slots=True)
class Used:
    """Words that a record gives as said, where it does so, and their language."""

    record_pk: int
    field_path: str
    language: str
    words: str


def holds(heard: Heard, language: str, words: str) -> bool:
    """Whether these words, in this language, are among those heard.

    Case, quotation marks and white space do not matter, and only whole words count.
    """
    if codes.base(heard.language) != codes.base(language):
        return False
    sought = re.escape(bare(words))
    return re.search(rf"(?<!\w){sought}(?!\w)", bare(heard.words)) is not None


def bare(words: str) -> str:
    """Words without what differs from one way of writing them to another."""
    plain = MARKS.sub(" ", words).translate(APOSTROPHES).casefold()
    return " ".join(plain.split()).strip(" .,;:!?…")


def as_said(text: Text) -> dict[str, str]:
    """The versions of a text that are words as said, by tag: those translated from no other."""
    return {tag: one.words for tag, one in text.versions.items() if one.made_from is None}


def in_text(record_pk: int, path: str, text: Text | None) -> Iterator[Used]:
    """The words that a text in our own words puts between quotation marks, in each language."""
    for tag, version in text.versions.items() if text else ():
        for found in MARKED.finditer(version.words):
            words = next(group for group in found.groups() if group)
            yield Used(record_pk, path, tag, words.strip())


def in_words(record_pk: int, path: str, text: Text | None) -> Iterator[Used]:
    """The words of a text that is called the words used."""
    for tag, words in as_said(text).items() if text else ():
        yield Used(record_pk, path, tag, words)


def in_date(record_pk: int, path: str, date: DateAsSaid | None) -> Iterator[Used]:
    """The words in which a date was said."""
    if date is not None and date.said is not None:
        yield Used(record_pk, path, date.said.lang, date.said.words)


def dates_heard(
    kind: str, *fields: str, rests_on: Sequence[tuple[str, str]] = ()
) -> Callable[[QuerySet[Row]], Iterator[Broken]]:
    """Asks that a passage holds the words in which dates of records were said.

    `fields`: the dates, of the record or of its child rows (`stages.when`). The passage is about
    the record, which is of the `kind`, or about what `rests_on` leads to: pairs of a kind and the
    path to the identifiers of its records.
    """

    def asked(records: QuerySet[Row]) -> Iterator[Broken]:
        real = not_invented(records)
        used = [one for field in fields for one in _dates_in(real, field)]
        if not used:
            return
        rows = real.filter(pk__in={one.record_pk for one in used})
        on: dict[int, set[Thing]] = defaultdict(set)
        for name, path in ((kind, "key"), *rests_on):
            for pk, key in rows.values_list("pk", path):
                if key is not None:
                    on[pk].add((name, key))
        heard = heard_about(set().union(*on.values()), records.db)
        yield from unheld(
            used, {pk: [one for thing in some for one in heard[thing]] for pk, some in on.items()}
        )

    return asked


def _dates_in(records: QuerySet[Row], field: str) -> Iterator[Used]:
    owner, _dot, name = field.rpartition(".")
    if not owner:
        for pk, when in records.exclude(**{name: None}).values_list("pk", name).iterator():
            yield from in_date(pk, name, when)
        return
    places: dict[int, int] = defaultdict(int)
    rows = records.exclude(**{owner: None}).order_by("pk", f"{owner}__position")
    for pk, when in rows.values_list("pk", f"{owner}__{name}").iterator():
        yield from in_date(pk, f"{owner}.{places[pk]}.{name}", when)
        places[pk] += 1


def borne_out(passages: Sequence[int]) -> dict[str, set[int]]:
    """Kind → primary keys of the records about which these passages speak."""
    keys: dict[str, set[str]] = defaultdict(set)
    for some in batched(passages):
        rows = Claim.everything.filter(passage__in=some)
        for kind, key in rows.values_list("about__kind", "about__key"):
            keys[kind].add(key)
    return {
        kind: {
            pk
            for some in batched(sorted(named))
            for pk in kinds.get(kind)
            .model.everything.filter(key__in=some)
            .values_list("pk", flat=True)
        }
        for kind, named in keys.items()
    }


def heard_about(things: Iterable[Thing], using: str) -> dict[Thing, list[Heard]]:
    """What passages about these things quote. One statement for a thousand of a kind."""
    keys: dict[str, list[str]] = defaultdict(list)
    for kind, key in sorted(set(things)):
        keys[kind].append(key)
    found: dict[Thing, list[Heard]] = defaultdict(list)
    for kind, listed in keys.items():
        for some in batched(listed):
            rows = Claim._base_manager.using(using).filter(about__kind=kind, about__key__in=some)
            quoting = rows.exclude(passage__quotation="")
            for key, language, words in quoting.values_list(
                "about__key", "passage__language", "passage__quotation"
            ):
                found[kind, key].append(Heard(language, words))
    return found


def unheld(
    used: Iterable[Used], heard: Mapping[int, Sequence[Heard]], names: Iterable[Text] = ()
) -> Iterator[Broken]:
    """Says of which words nothing that was heard holds them; `heard` by the number of the record.

    `names` are those of records: a name between quotation marks is a name and was not said. They
    are read only when something is not held.
    """
    missing = [
        one
        for one in used
        if not any(holds(each, one.language, one.words) for each in heard.get(one.record_pk, ()))
    ]
    named = (
        [Heard(tag, one.words) for name in names for tag, one in name.versions.items()]
        if (missing)
        else []
    )
    for one in missing:
        if any(holds(name, one.language, one.words) for name in named):
            continue
        words = _(
            "“{words}” ({language}) is given as said; expected a passage about it that holds these "
            "words, or a note of them in the hall"
        )
        message = format_lazy(words, words=one.words, language=one.language)
        yield Broken(one.record_pk, one.field_path, message)


def not_invented(records: "QuerySet[Row]") -> "QuerySet[Row]":
    """Those of the records that are of no fictional dossier."""
    return records.exclude(dossier__fictional=True)
