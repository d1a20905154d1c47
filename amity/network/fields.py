"""The column of the other names of an area, an organization or a person."""

import re
from collections.abc import Callable

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amity.foundation.faults import Faults, FormError, as_validation_error
from amity.foundation.fields import ListColumn, refused
from amity.foundation.words.characters import normal, quoted
from amity.languages import codes
from amity.network.choices import NameKind

LONGEST_NAME = 200
DAY_PATTERN = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
"""A year, a month or a day, as far as it is known since or until when a name was used."""


class OtherNamesColumn(ListColumn):
    """A list of `{"words", "lang", "kind"}`, with a kind from `NameKind`.

    `since` and `until` may say when it was the name: a year, a month or a day.
    """

    def read(self, value: object) -> object:
        if value is None:
            return None
        if not isinstance(value, list):
            raise refused(
                _(
                    "{value} is not a list of names such as "
                    "[{{words: Leningrad, lang: en, kind: former}}]"
                ),
                value,
            )
        faults = Faults()
        names = [_name(faults, position, item) for position, item in enumerate(value)]
        try:
            faults.stop()
        except FormError as error:
            raise as_validation_error(error) from error
        return names


def _name(faults: Faults, position: int, raw: object) -> dict[str, str | None]:
    if not isinstance(raw, dict):
        faults.add(
            (position,),
            format_lazy(_("{value} is not a mapping of words, lang and kind"), value=quoted(raw)),
        )
        return {}
    for name in raw:
        if name not in READERS and name not in DATES:
            faults.add(
                (position, str(name)),
                _("unknown field; expected words, lang and kind, and perhaps since and until"),
            )
    made: dict[str, str | None] = {}
    for name, reader in READERS.items():
        if name in raw:
            made[name] = faults.read((position, name), reader, raw[name])
        else:
            faults.add(
                (position,),
                format_lazy(_("{name} is missing; expected words, lang and kind"), name=name),
            )
    for name in DATES:
        if raw.get(name) is not None:
            made[name] = faults.read((position, name), _day, raw[name])
    since, until = made.get("since"), made.get("until")
    if since and until and until < since[: len(until)]:
        faults.add((position, "until"), _("it ends before it begins"))
    return made


def _day(raw: object) -> str:
    words = str(raw)
    if not re.fullmatch(DAY_PATTERN, words):
        raise ValueError(
            format_lazy(
                _("{value} is not a year, a month or a day such as 1924 or 1924-01-26"),
                value=quoted(raw),
            )
        )
    return words


def _words(raw: object) -> str:
    words = normal(raw)
    if len(words) > LONGEST_NAME:
        raise ValueError(format_lazy(_("longer than {longest} characters"), longest=LONGEST_NAME))
    return words


def _kind(raw: object) -> str:
    if raw not in NameKind.values:
        raise ValueError(
            format_lazy(
                _("{value} is not known; expected one of {choices}"),
                value=quoted(raw),
                choices=", ".join(NameKind.values),
            )
        )
    return str(raw)


READERS: dict[str, Callable[[object], str]] = {
    "words": _words,
    "lang": codes.canonical,
    "kind": _kind,
}
DATES = ("since", "until")
