"""The column of the other names of an area, an organization or a person."""

from collections.abc import Callable

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amity.foundation.characters import normal, quoted
from amity.foundation.faults import Faults, FormError, as_validation_error
from amity.foundation.fields import ListColumn, refused
from amity.languages import codes
from amity.network.choices import NameKind

LONGEST_NAME = 200


class OtherNamesColumn(ListColumn):
    """A list of `{"words", "lang", "kind"}`, with a kind from `NameKind`."""

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
        if name not in READERS:
            faults.add((position, str(name)), _("unknown field; expected words, lang and kind"))
    made: dict[str, str | None] = {}
    for name, reader in READERS.items():
        if name in raw:
            made[name] = faults.read((position, name), reader, raw[name])
        else:
            faults.add(
                (position,),
                format_lazy(_("{name} is missing; expected words, lang and kind"), name=name),
            )
    return made


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
