"""Dates as said, as people write them in a dossier and as the API gives them.

An EDTF expression alone (`2026-10`), or a mapping of `edtf`, `said` (language → words), `every`
(ISO 8601 duration) and `until` (day). Words without an interval have no `edtf`. The first language
of `said` is that in which it was said; under the others stand our translations.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amity.foundation.dates import edtf, recurrence
from amity.foundation.dates.as_said import DateAsSaid, DateError
from amity.foundation.faults import Fault, Faults, FormError
from amity.foundation.words import language_tags as tags
from amity.foundation.words.characters import normal, quoted


def date_from_form(form: object) -> DateAsSaid:
    """The date in `form`. YAML's own dates and bare years are taken too. Raises FormError."""
    faults = Faults()
    alone = not isinstance(form, Mapping)
    given = form if isinstance(form, Mapping) else {"edtf": form}
    parts: dict[str, Any] = {}
    for key, raw in given.items():
        if key in READERS:
            parts[key] = faults.read(() if alone else (key,), READERS[key], raw)
        else:
            faults.add(
                (str(key),),
                _(
                    "unknown field; expected an EDTF date such as 2026-10, or a mapping of "
                    "edtf, said, every, until"
                ),
            )
    faults.stop()
    expression = parts.pop("edtf", None)
    try:
        said = parts.pop("said", None)
        first, others = (said[0], dict(said[1:])) if said else (None, None)
        return DateAsSaid.parse(expression, said=first, translations=others, **parts)
    except DateError as error:
        raise FormError(Fault((), error.args[0])) from error


def date_to_form(value: DateAsSaid) -> str | dict[str, object]:
    """The shortest form of `value`, with keys in one order; `date_from_form` undoes it."""
    form: dict[str, object] = {}
    if value.edtf is not None:
        form["edtf"] = value.edtf
    if value.said is not None:
        form["said"] = dict((value.said, *value.translations))
    if value.every is not None:
        form["every"] = value.every
    if value.until is not None:
        form["until"] = value.until.isoformat()
    return value.edtf if value.edtf is not None and len(form) == 1 else form


def day_from_form(raw: object) -> date:
    """The calendar day in `raw`, an ISO 8601 string or a date. Raises DateError."""
    span = edtf.parse(_written(raw))
    if (
        span.precision is not edtf.Precision.DAY
        or edtf.is_approximate(span.expression)
        or edtf.is_uncertain(span.expression)
        or span.end is None
    ):
        raise DateError(
            format_lazy(
                _("{value} is not a day; expected one such as 2029-12-31"), value=quoted(raw)
            )
        )
    return span.end


def _expression(raw: object) -> str:
    return edtf.parse(_written(raw)).expression


def _written(raw: object) -> str:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw.isoformat()
    if isinstance(raw, int) and not isinstance(raw, bool):
        return str(raw)
    if not isinstance(raw, str):
        raise DateError(
            format_lazy(
                _(
                    "{value} is not a date; expected an EDTF date such as 2026-10, or a mapping "
                    "of edtf, said, every, until"
                ),
                value=quoted(raw),
            )
        )
    return raw


def _said(raw: object) -> list[tuple[str, str]]:
    """Languages and words, in their order: the first is what was said."""
    if not isinstance(raw, Mapping) or not raw:
        raise DateError(
            _(
                "expected the language and the words said in it, and our translations after it: "
                "{fr: prochainement, en: soon}"
            )
        )
    found: dict[str, str] = {}
    for lang, words in raw.items():
        tag = tags.canonical(lang)
        if tag in found:
            raise DateError(
                format_lazy(_("the language {tag} is given twice; expected it once"), tag=tag)
            )
        found[tag] = normal(words)
    return list(found.items())


def _every(raw: object) -> str:
    recurrence.parse(raw)
    return str(raw)


READERS: dict[str, Callable[[object], object]] = {
    "edtf": _expression,
    "said": _said,
    "every": _every,
    "until": day_from_form,
}
