"""Texts, as people write them in a dossier and as the API gives them.

A mapping of language tag → version; the first is the original. A version is its words alone, or a
mapping of `words`, `origin` (human, machine, import), `reviewed_by`, `from`, `outdated` and `date`.

`from` is the tag of the version it was made from, null when it was made from none; left out it
means the original, and for the original itself none. Of which words of that version is found out
when the text is saved (`languages.saving`): those that stood there when this version last changed.
`outdated: true` says that they have changed since. So words alone under a second language are a
person's translation of the original, and nobody writes a digest; one that somebody wrote all the
same, as a mapping of tag → digest, is taken at its word.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amity.foundation.dates.written import day_from_form
from amity.foundation.faults import Faults, FormError
from amity.foundation.words.characters import normal, quoted
from amity.languages.codes import canonical
from amity.languages.saving import UNKNOWN, UNSAID
from amity.languages.text import Text
from amity.languages.version import DIGEST, MadeFrom, Origin, TextError, Version

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

EXPECTED_TEXT = _("expected a mapping of language tags to words, the original first, such as vi: …")
EXPECTED_VERSION = _(
    "expected words, or a mapping of words, origin, reviewed_by, from, outdated, date"
)
EXPECTED_FROM = _("expected another language of this text, or null")


def text_from_form(form: object) -> Text:
    """The text in `form`. Raises FormError with every fault there is."""
    faults = Faults()
    if not isinstance(form, Mapping) or not form:
        given = _("there are no versions") if isinstance(form, Mapping) else _got(form)
        faults.add((), _expecting(given, EXPECTED_TEXT))
        raise FormError(*faults.found)
    forms = _by_tag(form, faults)
    read = {tag: _version_parts(tag, raw, forms, faults) for tag, raw in forms.items()}
    faults.stop()
    original = next(iter(forms))
    versions = {}
    for tag, parts in read.items():
        source = parts.pop("from", None if tag == original else original)
        outdated = parts.pop("outdated", False)
        if isinstance(source, str):
            source = MadeFrom(source, UNKNOWN if outdated else UNSAID)
        versions[tag] = Version(**parts, made_from=source)
    return Text(original, versions)


def text_to_form(text: Text) -> dict[str, object]:
    """The shortest form of `text`: the original, then the others by tag.

    `text_from_form` undoes it, and this undoes `text_from_form` for a form that is the shortest.
    """
    return {tag: _version_to_form(text, tag, version) for tag, version in text.versions.items()}


def _version_to_form(text: Text, tag: str, version: Version) -> str | dict[str, object]:
    full: dict[str, object] = {"words": version.words}
    if version.origin is not Origin.HUMAN:
        full["origin"] = str(version.origin)
    if version.reviewed_by is not None:
        full["reviewed_by"] = version.reviewed_by
    source = version.made_from.tag if version.made_from else None
    if source != (None if tag == text.original else text.original):
        full["from"] = source
    if text.is_stale(tag):
        full["outdated"] = True
    if version.date is not None:
        full["date"] = version.date.isoformat()
    return version.words if len(full) == 1 else full


def _by_tag(form: Mapping[object, object], faults: Faults) -> dict[str, object]:
    """What is given for each language, by its canonical tag."""
    forms: dict[str, object] = {}
    for name, raw in form.items():
        tag = faults.read((str(name),), canonical, name)
        if tag in forms:
            faults.add(
                (str(name),),
                format_lazy(_("the language {tag} is given twice; expected it once"), tag=tag),
            )
        elif tag:
            forms[tag] = raw
    return forms


def _version_parts(
    tag: str, raw: object, forms: Mapping[str, object], faults: Faults
) -> dict[str, Any]:
    """The fields of `Version` that `raw` gives, and `from`: tag, MadeFrom or None."""
    if isinstance(raw, str):
        return {"words": faults.read((tag,), normal, raw)}
    if not isinstance(raw, Mapping):
        faults.add((tag,), _expecting(_got(raw), EXPECTED_VERSION))
        return {}
    if "words" not in raw:
        faults.add((tag,), _expecting(_("there are no words"), EXPECTED_VERSION))
    gone = raw.get("outdated") is True
    readers = {**READERS, "from": lambda given: _source(given, tag, forms, gone=gone)}
    parts: dict[str, object] = {}
    for key, given in raw.items():
        if key not in readers:
            faults.add((tag, str(key)), _expecting(_("unknown field"), EXPECTED_VERSION))
        else:
            parts[key] = faults.read((tag, key), readers[key], given)
    return parts


def _source(
    given: object, tag: str, forms: Mapping[str, object], *, gone: bool
) -> str | MadeFrom | None:
    """What version `tag` is said to be made from, which may be `gone` where that is outdated."""
    if given is None:
        return None
    digest = ""
    if isinstance(given, Mapping) and len(given) == 1:
        ((given, digest),) = given.items()
        if not isinstance(digest, str) or not DIGEST.fullmatch(digest):
            raise TextError(_("a digest is 64 hexadecimal digits in small letters"))
    elif not isinstance(given, str):
        raise TextError(_expecting(_got(given), EXPECTED_FROM))
    source = canonical(given)
    if source == tag:
        problem = format_lazy(_("{tag} cannot be made from itself"), tag=tag)
        raise TextError(_expecting(problem, EXPECTED_FROM))
    if digest:
        return MadeFrom(source, digest)
    if source not in forms and not gone:
        problem = format_lazy(_("there is no version in {tag}"), tag=source)
        raise TextError(_expecting(problem, EXPECTED_FROM))
    return source


def _origin(raw: object) -> Origin:
    try:
        return Origin(str(raw))
    except ValueError as error:
        raise TextError(
            format_lazy(
                _("{value} is no origin; expected human, machine or import"), value=quoted(raw)
            )
        ) from error


def _outdated(raw: object) -> bool:
    if raw is True or raw in ("true", "True", "TRUE"):
        return True
    raise TextError(_expecting(_got(raw), _("expected true, or nothing at all")))


def _expecting(problem: "StrOrPromise", expected: "StrOrPromise") -> "StrOrPromise":
    return format_lazy(_("{problem}; {expected}"), problem=problem, expected=expected)


def _got(raw: object) -> "StrOrPromise":
    names = {
        str: pgettext_lazy("written in place of a value", "words"),
        bool: pgettext_lazy("written in place of a value", "yes or no"),
        int: pgettext_lazy("written in place of a value", "a number"),
        float: pgettext_lazy("written in place of a value", "a number"),
    }
    return format_lazy(_("got {value}"), value=names.get(type(raw)) or quoted(raw))


READERS = {
    "words": normal,
    "origin": _origin,
    "reviewed_by": normal,
    "outdated": _outdated,
    "date": day_from_form,
}
