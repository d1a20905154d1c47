"""Texts in many languages and dates as said, in their stored JSON form."""

import re
from functools import lru_cache

from amity.dossier.problems import Path, Wrong
from amity.dossier.reading.advice import perhaps_a_day
from amity.dossier.reading.yaml import Plain
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.dates.written import date_from_form, date_to_form
from amity.foundation.faults import FormError
from amity.foundation.words.characters import WordsError, normal
from amity.languages import codes
from amity.languages.saving import UNSAID
from amity.languages.text import Stored, Text
from amity.languages.written import text_from_form, text_to_form

from .base import LONGEST_QUOTE, NOTHING, Shape, is_nothing, quoted

SPOKEN = re.compile(r"[^\W\d_]{2,}(?: [^\d]*)?\Z")
"""Words, and no date that is only written otherwise."""
TAG_PATTERN = "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"


class InLanguages(Shape):
    """A text: language tags and words."""

    def read(self, raw: object) -> Stored:
        return _written_alone(raw) or _in_full(raw)

    def write(self, value: Stored) -> Stored:
        return text_to_form(Text.from_json(value))

    def schema(self) -> dict[str, object]:
        return {"$ref": "#/$defs/text"}


class AsSaid(Shape):
    """A date as said."""

    def read(self, raw: object) -> Stored:
        if raw.__class__ is dict:
            return _dated(without_marks(raw))
        return _dated_by_words(str(raw)) if isinstance(raw, str) else _dated(raw)

    def write(self, value: Stored) -> str | Stored:
        return date_to_form(DateAsSaid.from_json(value))

    def schema(self) -> dict[str, object]:
        return {"$ref": "#/$defs/date"}


DEFINITIONS: dict[str, Stored] = {
    "text": {
        "description": "A text: language tag to version, the original first.",
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": TAG_PATTERN},
        "additionalProperties": {
            "anyOf": [
                {"type": "string", "minLength": 1},
                {
                    "type": "object",
                    "required": ["words"],
                    "additionalProperties": False,
                    "properties": {
                        "words": {"type": "string", "minLength": 1},
                        "origin": {"enum": ["human", "machine", "import"]},
                        "reviewed_by": {"type": "string", "minLength": 1},
                        "from": {
                            "description": "The language it was made from, null when from none; "
                            "left out it is the original.",
                            "anyOf": [{"type": "string", "pattern": TAG_PATTERN}, {"type": "null"}],
                        },
                        "outdated": {
                            "description": "That what it was made from has changed since.",
                            "const": True,
                        },
                        "date": {"type": "string", "format": "date"},
                    },
                },
            ]
        },
    },
    "date": {
        "description": "A date as said: an EDTF expression (ISO 8601-2), or what was said and how "
        "it is understood.",
        "anyOf": [
            {"type": "string", "minLength": 4},
            {
                "type": "object",
                "minProperties": 1,
                "additionalProperties": False,
                "properties": {
                    "edtf": {"type": "string", "minLength": 4},
                    "said": {
                        "description": "Language tag to words: what was said, then translations.",
                        "type": "object",
                        "minProperties": 1,
                        "propertyNames": {"pattern": TAG_PATTERN},
                        "additionalProperties": {"type": "string", "minLength": 1},
                    },
                    "every": {"type": "string", "pattern": "^P[1-9][0-9]{0,2}[YMWD]$"},
                    "until": {"type": "string", "format": "date"},
                },
            },
        ],
    },
}


def without_marks(raw: object) -> object:
    """What the reader gave, with YAML's null as None and its words as words."""
    if isinstance(raw, dict):
        return {str(name): without_marks(value) for name, value in raw.items()}
    if isinstance(raw, list):
        return [without_marks(value) for value in raw]
    if isinstance(raw, Plain):
        return None if raw in NOTHING else str(raw)
    return raw


def _written_alone(raw: object) -> Stored | None:
    """The stored form where every version is words alone, as nearly all are; None where not.

    The same that `text_from_form` gives, without its intermediate values; a test holds them
    together.
    """
    if raw.__class__ is not dict:
        return None
    versions: dict[str, str] = {}
    for tag, words in raw.items():
        if words.__class__ is not str:
            return None
        try:
            versions[codes.canonical(tag)] = normal(words)
        except (codes.LanguageCodeError, WordsError):
            return None
    if len(versions) != len(raw) or not versions:
        return None
    original, *others = versions
    stored: Stored = {original: {"words": versions[original], "origin": "human"}}
    if others:
        made_from = {"tag": original, "digest": UNSAID}
        others.sort()
        for tag in others:
            stored[tag] = {"words": versions[tag], "origin": "human", "made_from": made_from}
    return {"original": original, "versions": stored}


def _in_full(raw: object) -> Stored:
    try:
        return text_from_form(without_marks(raw)).to_json()
    except FormError as error:
        raise Wrong([_after_a_comma(raw, one) for one in _wrong(error).faults]) from error


def _after_a_comma(raw: object, fault: tuple[Path, str]) -> tuple[Path, str]:
    """The fault, in words that fit where `{en: one, two}` was meant to be one version."""
    path, message = fault
    if isinstance(raw, dict) and path and is_nothing(raw.get(path[0])) and " " in str(path[0]):
        message = (
            f"{quoted(path[0])} is not a language tag; words with a comma stand in quotation marks"
        )
    return path, message


@lru_cache(maxsize=4096)
def _dated_by_words(words: str) -> Stored:
    try:
        return _dated(words)
    except Wrong as wrong:
        near = perhaps_a_day(words)
        if not near and SPOKEN.match(words):
            near = f' (words alone are written as said: {{en: "{words[:LONGEST_QUOTE]}"}})'
        raise Wrong([(path, message + near) for path, message in wrong.faults]) from wrong


def _dated(form: object) -> Stored:
    try:
        return date_from_form(form).to_json()
    except FormError as error:
        raise _wrong(error) from error


def _wrong(error: FormError) -> Wrong:
    return Wrong([(tuple(fault.path), str(fault.problem)) for fault in error.faults])
