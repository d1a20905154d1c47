"""Dates as said: the words, and beside them the interval, its precision and its recurrence.

What is overdue follows from the interval and never from a guess: words such as "soon" have no
interval, so nothing said "soon" is ever overdue. A deadline has passed when its last day
has ended; which day it is, is for whoever asks to know.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Self

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amity.foundation.dates import edtf, recurrence
from amity.foundation.dates.edtf import DateError, Precision
from amity.foundation.dates.recurrence import Interval
from amity.foundation.words import language_tags as tags
from amity.foundation.words.characters import normal

__all__ = ["DateAsSaid", "DateError", "Interval", "Precision", "Said"]


class Said(NamedTuple):
    """The words somebody used, and the language (BCP 47) they used them in."""

    lang: str
    words: str


Translations = tuple[Said, ...]
"""Words of ours, in other languages, for what somebody said; in order of their tags."""


@dataclass(frozen=True, slots=True)
class DateAsSaid:
    """An immutable date. Make one with `parse` or `on`.

    edtf: the interval in Extended Date/Time Format (see `edtf.py` beside this file), None when the
    words give none. start, end: its first and last day, both included; None where it is open or
    unknown. approximate: whether it was said with an "about". said: the words, if known. every:
    ISO 8601 duration after which it comes back. until: the last day on which it may still end.
    translations: what was said in other words, ours, for those who cannot read it.
    """

    edtf: str | None
    start: date | None
    end: date | None
    precision: Precision
    approximate: bool = False
    said: Said | None = None
    every: str | None = None
    until: date | None = None
    translations: Translations = ()

    @classmethod
    def parse(
        cls,
        expression: str | None = None,
        *,
        said: tuple[str, str] | None = None,
        every: str | None = None,
        until: date | None = None,
        translations: Mapping[str, str] | None = None,
    ) -> Self:
        """The date that `expression` (EDTF), the words `said` (language, words) or both give.

        `translations`: the words said, by language, as we put them in others.

        Raises DateError, WordsError or LanguageCodeError, all of them ValueError.
        """
        if expression is None and said is None:
            raise DateError(_("no date; expected an EDTF expression, the words said, or both"))
        words = Said(tags.canonical(said[0]), normal(said[1])) if said else None
        others = _translations(words, translations or {})
        if expression is None:
            span = edtf.Span("", None, None, Precision.UNKNOWN, False)
        else:
            span = edtf.parse(expression)
        _check_recurrence(span, every, until)
        return cls(
            edtf=span.expression or None,
            start=span.start,
            end=span.end,
            precision=span.precision,
            approximate=span.approximate,
            said=words,
            every=every,
            until=until,
            translations=others,
        )

    @classmethod
    def on(cls, start: date, end: date | None = None) -> Self:
        """A day, or all days from `start` to `end`."""
        return cls.parse(edtf.of_days(start, end or start))

    @property
    def uncertain(self) -> bool:
        """Whether it is given with a question mark."""
        return self.edtf is not None and edtf.is_uncertain(self.edtf)

    def occurrences(self) -> Iterator[Interval]:
        """When it is, and when it is again, in order, up to `until`.

        Nothing where the words give no interval; without `until`, to the end of the calendar.
        """
        if self.every is None or self.start is None or self.end is None:
            if self.edtf is not None:
                yield Interval(self.start, self.end)
            return
        period = recurrence.parse(self.every)
        yield from recurrence.occurrences(self.start, self.end, period, self.until)

    def due(self, settled: date | None = None) -> date | None:
        """Last day of the first occurrence that ends after the day `settled`; None if none does.

        What recurs is due again once an occurrence is settled: pass the last day of that one. A
        recurrence whose beginning was not said is due when it ends, on `until`.
        """
        if self.edtf is None:
            day = self.until
            return day if day and (settled is None or day > settled) else None
        for occurrence in self.occurrences():
            if occurrence.end is None:
                return None
            if settled is None or occurrence.end > settled:
                return occurrence.end
        return None

    def is_past(self, today: date) -> bool:
        """Whether all of it, every recurrence too, had ended before `today` began."""
        if self.every is None or self.edtf is None:
            last = self.due()
        elif self.until is None:
            return False
        else:
            last = max((one.end for one in self.occurrences() if one.end), default=self.end)
        return last is not None and last < today

    def to_json(self) -> dict[str, object]:
        """As stored; what is not known is left out, so that a lookup of it gives NULL."""
        stored: dict[str, Any] = {"precision": str(self.precision)}
        if self.edtf is not None:
            stored["edtf"] = self.edtf
        for name, day in (("start", self.start), ("end", self.end), ("until", self.until)):
            if day is not None:
                stored[name] = day.isoformat()
        if self.said is not None:
            stored["said"] = {"lang": self.said.lang, "words": self.said.words}
            if self.translations:
                stored["said"]["translations"] = dict(self.translations)
        if self.every is not None:
            stored["every"] = self.every
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The date that `to_json` gave. Trusts it; `checked` is for what comes from elsewhere."""
        expression, said = stored.get("edtf"), stored.get("said")
        return cls(
            expression,
            _day(stored.get("start")),
            _day(stored.get("end")),
            Precision(stored["precision"]),
            expression is not None and edtf.is_approximate(expression),
            Said(said["lang"], said["words"]) if said else None,
            stored.get("every"),
            _day(stored.get("until")),
            tuple(Said(*one) for one in sorted(said.get("translations", {}).items()))
            if said
            else (),
        )

    @classmethod
    def checked(cls, stored: Mapping[str, Any]) -> Self:
        """The date in `stored`, derived anew from its expression. Raises DateError."""
        try:
            said = stored.get("said")
            date_said = cls.parse(
                stored.get("edtf"),
                said=(said["lang"], said["words"]) if said else None,
                every=stored.get("every"),
                until=_day(stored.get("until")),
                translations=said.get("translations") if said else None,
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise DateError(f"expected a date as said, got {str(stored)[:80]}") from error
        if date_said.to_json() != dict(stored):
            raise DateError(f"{str(stored)[:80]} does not agree with its own expression")
        return date_said

    def __str__(self) -> str:
        return self.edtf or (self.said.words if self.said else "")


def _translations(said: Said | None, given: Mapping[str, str]) -> Translations:
    found: dict[str, str] = {}
    for lang, words in given.items():
        tag = tags.canonical(lang)
        if said is None:
            raise DateError(_("a translation without what was said; expected said beside it"))
        if tag == said.lang or tag in found:
            raise DateError(
                format_lazy(_("the language {tag} is given twice; expected it once"), tag=tag)
            )
        found[tag] = normal(words)
    return tuple(Said(tag, found[tag]) for tag in sorted(found))


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _check_recurrence(span: edtf.Span, every: str | None, until: date | None) -> None:
    if every is None:
        if until is not None:
            raise DateError(
                _("until belongs to a recurrence; expected every, such as P6M, beside it")
            )
        return
    recurrence.parse(every)
    if span.expression and (span.start is None or span.end is None):
        raise DateError(
            _("a recurrence needs to know when it is first; expected a closed interval")
        )
    if until is not None and span.end is not None and until < span.end:
        raise DateError(
            format_lazy(
                _("until {until} is before the end of the first occurrence, {end}"),
                until=until,
                end=span.end,
            )
        )
