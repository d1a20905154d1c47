"""What the interface says, and whether every language says it: extract, update, check.

A string belongs to the room whose file says it, so each room has its own catalogs. English is
the language of the source and needs none.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from tools import typography
from tools.catalogs import LANGUAGES, ROOT

KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "gettext_noop": None,
}
METHODS = [
    ("tests/**", "ignore"),
    ("migrations/**", "ignore"),
    ("**.py", "python"),
    ("templates/**.*", "jinja2.ext:babel_extract"),
]
OPTIONS = {"templates/**.*": {"trimmed": "true", "silent": "false"}}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plural}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""

Key = tuple[str | None, tuple[str, ...]]


def rooms(root: Path = ROOT) -> list[Path]:
    """The folders of the rooms, in a fixed order."""
    return sorted(path.parent for path in root.glob("*/apps.py"))


def extract(room: Path) -> Catalog:
    """Every string that the files of `room` say, with the files that say it."""
    found = Catalog(charset="utf-8", fuzzy=False)
    for name, _, message, comments, context in extract_from_dir(
        room, METHODS, OPTIONS, KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    ):
        where = [(f"amity/{room.name}/{name}", 0)]
        found.add(message, None, where, auto_comments=comments, context=context)
    return found


def path_of(room: Path, language: str) -> Path:
    """Where the catalog of `room` in `language` stands."""
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def read(room: Path, language: str) -> Catalog:
    """The catalog of `room` in `language`; an empty one when there is none yet."""
    path = path_of(room, language)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def update(root: Path = ROOT) -> list[Path]:
    """Bring every catalog to what its room says now; return those that changed.

    New strings are empty, or have the translation that another room gives to the same string;
    strings that nobody says any more are dropped. Nothing is ever guessed (no fuzzy entries).
    Spaces before marks are set as the language asks for (French).
    """
    changed = []
    for language in LANGUAGES:
        known: dict[Key, Message] = {}
        for room in rooms(root):
            known |= {_key(message): message for message in _said(read(room, language))}
        for room in rooms(root):
            wanted = extract(room)
            if not len(wanted):
                continue
            catalog = read(room, language)
            catalog.update(wanted, no_fuzzy_matching=True)
            catalog.obsolete.clear()
            for message in _messages(catalog):
                if not _is_translated(message) and _key(message) in known:
                    message.string = known[_key(message)].string
                _space(message, language)
            if _write(catalog, path_of(room, language)):
                changed.append(path_of(room, language))
    return changed


def check(root: Path = ROOT) -> list[str]:
    """What is wrong with the catalogs, one line each; empty when every language says it all."""
    wrong = []
    for language in LANGUAGES:
        said: dict[Key, dict[object, list[str]]] = defaultdict(lambda: defaultdict(list))
        for room in rooms(root):
            place = f"amity/{room.name}/locale/{language}"
            catalog = read(room, language)
            wanted = by_key(extract(room))
            have = by_key(catalog)
            wrong += [f"{place}: missing {_words(key)}" for key in wanted if key not in have]
            wrong += [f"{place}: nobody says {_words(key)}" for key in have if key not in wanted]
            for key, message in have.items():
                wrong += [f"{place}: {fault} {_words(key)}" for fault in _faults(message, catalog)]
                wrong += [
                    f"{place}: {words!r}: {fault}"
                    for words in forms_of(message.string)
                    for fault in typography.faults(language, words)
                ]
                said[key][message.string].append(room.name)
        wrong += [
            f"{language}: {_words(key)} is translated in different words by "
            + " and ".join(sorted(", ".join(sorted(names)) for names in versions.values()))
            for key, versions in said.items()
            if len(versions) > 1
        ]
    return wrong


def _faults(message: Message, catalog: Catalog) -> Iterator[str]:
    originals, strings = forms_of(message.id), forms_of(message.string)
    if message.fuzzy:
        yield "not looked at again (fuzzy):"
    if not _is_translated(message):
        yield "not translated:"
        return
    if message.pluralizable and len(strings) != catalog.num_plurals:
        yield f"{len(strings)} forms where the language has {catalog.num_plurals}:"
    expected = {name for words in originals for name in PLACEHOLDER.findall(words)}
    for string in strings:
        if set(PLACEHOLDER.findall(string)) != expected:
            yield f"other placeholders ({string!r}) than"
        if _ends(string) != _ends(originals[0]):
            yield f"other white space at its ends ({string!r}) than"


def _space(message: Message, language: str) -> None:
    """Set the spaces that the language asks for before marks."""
    if isinstance(message.string, str):
        message.string = typography.spaced(language, message.string)
    elif message.string:
        message.string = tuple(typography.spaced(language, words) for words in message.string)


def _ends(words: str) -> tuple[bool, bool]:
    return words[:1].isspace(), words[-1:].isspace()


def forms_of(words: str | Sequence[str] | None) -> tuple[str, ...]:
    """Singular and plurals of a message, as it is written or translated."""
    return (words,) if isinstance(words, str) else tuple(words or ())


def by_key(catalog: Catalog) -> dict[Key, Message]:
    """The messages of `catalog` by context and forms."""
    return {_key(message): message for message in _messages(catalog)}


def _messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _said(catalog: Catalog) -> list[Message]:
    return [message for message in _messages(catalog) if _is_translated(message)]


def _is_translated(message: Message) -> bool:
    forms = forms_of(message.string)
    return bool(forms) and all(forms)


def _key(message: Message) -> Key:
    return (message.context, forms_of(message.id))


def _words(key: Key) -> str:
    context, forms = key
    return repr(forms[0]) + (f" ({context})" if context else "")


def _write(catalog: Catalog, path: Path) -> bool:
    """Write without the headers that change by themselves; say whether the file changed."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=100, include_lineno=False, sort_by_file=True, omit_header=True)
    header = HEADER.format(language=catalog.locale_identifier, plural=catalog.plural_forms)
    content = header + "\n" + buffer.getvalue().decode().strip("\n") + "\n"
    if path.exists() and path.read_text() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return True
