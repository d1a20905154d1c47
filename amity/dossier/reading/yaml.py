"""A careful reader of YAML: a stream of events into plain data, one record at a time.

Only what a record needs is read: mappings, sequences and words. Anchors, aliases and tags are
refused, because they let a small file stand for a huge one or for code; nesting is limited, and
nothing here recurses. Words keep their writing: what a plain `no` or `1.0` means is decided by
the field it stands in, not by YAML's guess (so Norway stays `NO`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import yaml
from yaml import cyaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from amity.dossier.problems import Path
from amity.dossier.reading import advice

Event = Any
"""One of PyYAML's events; its stubs say that any of them may lack a place, which none here does."""
Data = Any
"""What is read: words, mappings of names to data, lists of data."""

DEEPEST = 12
"""Levels of nesting inside a record; the deepest a record needs is 6."""
LONGEST_WORDS = 1_000_000
"""Characters in one value."""
MOST_PARTS = 100_000
"""Fields and items in one record, nested ones counted."""
MOST_REFUSED = 1_000
"""Tags and anchors noted before a file is read no more."""

LOOKS_TYPED = re.compile(
    r"(?:~|null|Null|NULL|true|True|TRUE|false|False|FALSE"
    r"|[-+]?[0-9]+|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)?\Z"
)
"""Plain words that YAML 1.2 (core schema) does not take for text."""
TYPED_STARTS = frozenset("~nNtTfF.+-0123456789")
"""What such words can begin with."""


class Plain(str):
    """Words without quotation marks that could be a number, true, false or nothing."""

    __slots__ = ()


class Unreadable(Exception):
    """The file cannot be read on from here. `line` counts from 1.

    `placeless`: the reader could not say where, which is so for what is not Unicode text.
    """

    def __init__(self, line: int, message: str, *, placeless: bool = False) -> None:
        super().__init__(message)
        self.line = line
        self.message = message
        self.placeless = placeless


@dataclass(slots=True)
class Node:
    """A piece of data and the line of each of its parts.

    `lines` holds one number for the piece itself and then one for every entry of a mapping and
    every item of a sequence, in the order of the file. `twice`: lines and names of fields that
    were given again.
    """

    data: Data
    lines: list[int]
    twice: list[tuple[int, str]] = field(default_factory=list)

    def line(self, path: Path) -> int:
        """The line where `path` stands, or else what holds it."""
        walk = _walk(self.data, path)
        return self.lines[walk]


class Reader:
    """Reads one file: `sections` for a file of records, `whole` for a file that is one mapping.

    `refused`: lines and complaints about tags and anchors, which do not stop the reading.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._parser = cyaml.CParser(stream)  # type: ignore[attr-defined] # its stubs leave the class out
        self.refused: list[tuple[int, str]] = []

    def sections(self) -> Iterator[tuple[str, int, Iterator[Node] | None]]:
        """For each entry of the file's mapping: its name, its line, and the items of its list.

        The items must be read before the next section; None where it is no list. Raises
        Unreadable.
        """
        if not self._open():
            return
        while (event := self._next()).__class__ is not MappingEndEvent:
            name = self._name(event)
            line = event.start_mark.line + 1
            first = self._next()
            if first.__class__ is SequenceStartEvent:
                self._refuse(first)
                yield name, line, self._items()
            else:
                self._skip(first)
                yield name, line, None
        self._close()

    def whole(self) -> Node | None:
        """The one mapping in the file; None for an empty file. Raises Unreadable."""
        if not (event := self._open()):
            return None
        node = self._node(event)
        self._close()
        return node

    def _open(self) -> Event | None:
        """The start of the file's mapping; None when there is nothing in the file."""
        event = self._next()
        if event.__class__ is StreamStartEvent:
            event = self._next()
        if event.__class__ is StreamEndEvent:
            return None
        if event.__class__ is DocumentStartEvent:
            event = self._next()
        if event.__class__ is not MappingStartEvent:
            raise Unreadable(event.start_mark.line + 1, "expected a mapping of names to values")
        self._refuse(event)
        return event

    def _close(self) -> None:
        event = self._next()
        if event.__class__ is DocumentEndEvent:
            event = self._next()
        if event.__class__ is not StreamEndEvent:
            raise Unreadable(
                event.start_mark.line + 1, "a second document; expected one document per file"
            )

    def _items(self) -> Iterator[Node]:
        while (event := self._next()).__class__ is not SequenceEndEvent:
            yield self._node(event)

    def _node(self, event: Event) -> Node:
        """The piece of data that starts with `event`, read to its end."""
        line = event.start_mark.line + 1
        if event.__class__ is ScalarEvent:
            return Node(self._words(event), [line])
        node = Node(self._container(event), [line])
        lines, get, words = node.lines, self._parser.get_event, self._words
        stack: list[Data] = []
        current: Data = node.data
        name: str | None = None
        while True:
            try:
                event = get()
            except yaml.YAMLError as error:
                raise _unreadable(error) from error
            made = event.__class__
            if len(lines) + len(node.twice) > MOST_PARTS:
                raise Unreadable(line, f"a record of more than {MOST_PARTS:,} parts")
            if made is ScalarEvent:
                if current.__class__ is list:
                    lines.append(event.start_mark.line + 1)
                    current.append(words(event))
                elif name is None:
                    name = str(words(event))
                    lines.append(event.start_mark.line + 1)
                    if name in current:
                        node.twice.append((lines.pop(), name))
                        self._skip(self._next())
                        name = None
                else:
                    current[name] = words(event)
                    name = None
            elif made is MappingEndEvent or made is SequenceEndEvent:
                if not stack:
                    return node
                current = stack.pop()
            else:
                inner = self._container(event)
                if current.__class__ is list:
                    lines.append(event.start_mark.line + 1)
                    current.append(inner)
                elif name is None:
                    raise Unreadable(event.start_mark.line + 1, "expected the name of a field")
                else:
                    current[name] = inner
                    name = None
                stack.append(current)
                _check_depth(len(stack), event)
                current = inner

    def _skip(self, event: Event) -> None:
        """Read past the value that starts with `event` without keeping it."""
        depth = 0
        while True:
            if event.__class__ in (MappingStartEvent, SequenceStartEvent):
                depth += 1
            elif event.__class__ in (MappingEndEvent, SequenceEndEvent):
                depth -= 1
            if depth == 0:
                return
            event = self._next()

    def _container(self, event: Event) -> dict[str, object] | list[object]:
        self._refuse(event)
        return {} if event.__class__ is MappingStartEvent else []

    def _name(self, event: Event) -> str:
        if event.__class__ is not ScalarEvent:
            raise Unreadable(event.start_mark.line + 1, "expected the name of a field")
        return str(self._words(event))

    def _words(self, event: Event) -> str:
        if event.anchor is not None or event.tag is not None:
            self._refuse(event)
        value: str = event.value
        if len(value) > LONGEST_WORDS:
            raise Unreadable(
                event.start_mark.line + 1, f"a value longer than {LONGEST_WORDS:,} characters"
            )
        if (not value or value[0] in TYPED_STARTS) and event.implicit[0]:
            return Plain(value) if LOOKS_TYPED.match(value) else value
        return value

    def _refuse(self, event: Event) -> None:
        """Take note of what may not stand in a dossier; raise Unreadable for an alias."""
        line = event.start_mark.line + 1
        if event.__class__ is AliasEvent:
            raise Unreadable(line, f"the alias *{event.anchor} is not allowed; write it out")
        if event.anchor is not None:
            self.refused.append((line, f"the anchor &{event.anchor} is not allowed; leave it out"))
        if event.tag is not None:
            self.refused.append((line, f"the tag {event.tag} is not allowed; leave it out"))
        if len(self.refused) > MOST_REFUSED:
            raise Unreadable(line, "tags and anchors again; they are not allowed")

    def _next(self) -> Event:
        try:
            event: Event = self._parser.get_event()
        except yaml.YAMLError as error:
            raise _unreadable(error) from error
        return event


def _check_depth(depth: int, event: Event) -> None:
    if depth > DEEPEST:
        raise Unreadable(
            event.start_mark.line + 1,
            f"nested deeper than {DEEPEST} levels; a record needs no more than 6",
        )


def _unreadable(error: yaml.YAMLError) -> Unreadable:
    """libyaml's complaint in one line."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        said = advice.for_yaml(error.problem or "")
        context = f" {error.context}" if error.context else ""
        line = error.problem_mark.line + 1
        if said and error.context_mark is not None and "quoted scalar" in context:
            line = error.context_mark.line + 1
        return Unreadable(line, f"not YAML: {said or f'{error.problem}{context}'}")
    return Unreadable(1, f"not YAML: {' '.join(str(error).split())}", placeless=True)


def _walk(data: object, path: Path) -> int:
    """Number of the line entry of `path`, counted as `Reader` appends them."""
    count = 0
    for step in path:
        if not isinstance(data, dict | list):
            return count
        entries = data.items() if isinstance(data, dict) else enumerate(data)
        passed = count
        for name, value in entries:
            passed += 1
            if name == step:
                count, data = passed, value
                break
            passed += _size(value)
        else:
            return count
    return count


def _size(data: object) -> int:
    """How many line entries stand for what is inside `data`."""
    size, pending = 0, [data]
    while pending:
        inner = pending.pop()
        if isinstance(inner, dict | list):
            size += len(inner)
            pending.extend(inner.values() if isinstance(inner, dict) else inner)
    return size
