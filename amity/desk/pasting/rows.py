"""Rows of a table as records: what each would become, and what must be asked before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from amity.desk.finding.choosing import Chooser, Suggestion
from amity.desk.pasting.columns import folded
from amity.desk.pasting.table import Line
from amity.foundation.words.characters import WordsError, normal
from amity.languages.jinja import plain
from amity.languages.names import THRESHOLD, match
from amity.languages.text import Text
from amity.record.actions import New
from amity.record.models import Recorded

Found = TypeVar("Found")

NEW = "new"
"""The answer that something is none of those that are there."""
OUTSIDE = {"key", "dossier", "keeper", "begun_by", "readers", "revision", "position"}
"""Columns of a new record that are filled when it is written."""


class State(StrEnum):
    """What a row is."""

    NEW = "new"
    SAME = "same"
    DOUBT = "doubt"
    UNREADABLE = "unreadable"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Question:
    """Which record is meant by `words` in a field called `label`: what may be, and the answer.

    `name` of the form's field; `answer` is a key, `new`, or empty where nobody has said. With
    `may_be_new`, it may be none of them. `again`: the row above in which the same stands.
    """

    name: str
    label: str
    words: str
    candidates: tuple[Suggestion, ...]
    answer: str
    may_be_new: bool = True
    again: int = 0

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """Keys of what may be meant, with its names; a key tells apart what is called the same."""
        names = [plain(one.name) for one in self.candidates]
        return tuple(
            (one.key, name if names.count(name) == 1 else f"{name} ({one.key})")
            for one, name in zip(self.candidates, names, strict=True)
        )

    @property
    def open(self) -> bool:
        """Whether somebody must answer."""
        return not self.answer and bool(self.candidates or self.again)


@dataclass(slots=True)
class Row:
    """A row of the table: its number, cells, and what it becomes. `new` is written with it, and
    `begins` says of what among that it is not the row itself."""

    number: int
    cells: Line
    state: State = State.NEW
    faults: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    new: list[New] = field(default_factory=list)
    begins: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was said of the table: what its columns are (field names, with `:` and a language),
    the language of the others, answers by the name of the question, and rows that are left out."""

    columns: Sequence[str]
    language: str
    answers: Mapping[str, str]
    left: frozenset[int]


@dataclass(slots=True)
class Reading:
    """Reads one row: its values by field and language, and what is asked while reading it."""

    row: Row
    asked: Asked
    chooser: Chooser
    known: dict[tuple[str, str], tuple[Suggestion, ...]]

    def words(self, name: str) -> str:
        """What stands in the column of a field, in whatever language comes first."""
        return next(iter(self._of(name).values()), "")

    def text(self, name: str) -> Text | None:
        """The text in the columns of a field, the first of them its original; None for none."""
        versions = self._of(name)
        text: Text | None = None
        for tag, words in versions.items():
            try:
                said = normal(words)
                text = text.with_translation(tag, said) if text else Text.of(said, tag)
            except (WordsError, ValueError) as error:
                self.row.faults.append(str(error.args[0]))
        return text

    def _of(self, name: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for column, cell in zip(self.asked.columns, self.row.cells, strict=False):
            field_name, _colon, tag = column.partition(":")
            if field_name == name and cell:
                found.setdefault(tag or self.asked.language, cell)
        return found

    def which(
        self,
        kind: str,
        label: str,
        words: Sequence[str],
        among: Sequence[Suggestion] | None = None,
        *,
        may_be_new: bool = True,
        again: int = 0,
    ) -> Question:
        """Ask which record of a kind is called by these names; answered where it is plain.

        It is plain where exactly one is called so letter by letter, or none is called like it.
        `among`: the only ones that may be meant. `again`: see `Question`.
        """
        candidates = self._candidates(kind, words) if among is None else _called(among, words)
        name = f"answer-{self.row.number}-{len(self.row.questions)}"
        answer = self.asked.answers.get(name, "")
        if answer not in {NEW, *(one.key for one in candidates)}:
            answer = ""
        if not answer:
            exact = [one.key for one in candidates if _is_called(one, words)]
            if len(exact) == 1 and not again:
                answer = exact[0]
            elif not candidates and not again and may_be_new:
                answer = NEW
        question = Question(name, label, words[0], candidates, answer, may_be_new, again)
        if answer == NEW and not may_be_new:
            question = Question(name, label, words[0], candidates, "", may_be_new)
        if not candidates and not may_be_new:
            self.row.faults.append(
                _("Nothing that you may read is called “%(words)s”.") % {"words": words[0]}
            )
        self.row.questions.append(question)
        return question

    def choose(self, label: str, words: str, among: Sequence[Suggestion]) -> Question:
        """Ask which of these `words` are meant of, whatever they are called."""
        name = f"answer-{self.row.number}-{len(self.row.questions)}"
        answer = self.asked.answers.get(name, "")
        answer = answer if answer in {one.key for one in among} else ""
        question = Question(name, label, words, tuple(among), answer, may_be_new=False)
        self.row.questions.append(question)
        return question

    def named(self, question: Question, kind: str) -> Recorded | None:
        """The record that a question was answered with; None for a new one, or none yet."""
        if question.answer in ("", NEW):
            return None
        found = self.chooser.named(kind, question.answer, "")
        return found if isinstance(found, Recorded) else None

    def _candidates(self, kind: str, words: Sequence[str]) -> tuple[Suggestion, ...]:
        found: dict[str, Suggestion] = {}
        for one in words:
            if (kind, one) not in self.known:
                self.known[kind, one] = tuple(
                    near
                    for near in self.chooser.suggestions(kind, one)
                    if any(
                        match(one, version.words, kind) >= THRESHOLD
                        for version in near.name.versions.values()
                    )
                )
            found |= {near.key: near for near in self.known[kind, one]}
        return tuple(found.values())

    def check(self, record: models.Model) -> None:
        """Note what its fields say against the values of a record, in their own words."""
        references = {
            column.name
            for column in record._meta.concrete_fields
            if isinstance(column, models.ForeignKey)
        }
        try:
            record.clean_fields(exclude=OUTSIDE | references)
        except ValidationError as error:
            self.row.faults += error.messages

    def read(self, what: str, find: Callable[[], Found]) -> Found | None:
        """What `find` gives; what it refuses is a fault of the row, in the field called `what`."""
        try:
            return find()
        except ValidationError as error:
            self.row.faults += [f"{what}: {message}" for message in error.messages]
            return None


def settle(row: Row, main: Question | None) -> None:
    """Say what a row is, once it has been read; `main` asks which record it is itself."""
    if row.faults:
        row.state = State.UNREADABLE
    elif any(one.open for one in row.questions):
        row.state = State.DOUBT
    elif main is not None and main.answer != NEW:
        row.state = State.SAME
    if row.state != State.NEW:
        row.new, row.begins = [], []


def versions_of(text: Text) -> list[str]:
    """The words of a text in each language, the original first."""
    return [version.words for version in text.versions.values()]


def _called(among: Sequence[Suggestion], words: Sequence[str]) -> tuple[Suggestion, ...]:
    return tuple(one for one in among if _is_called(one, words))


def _is_called(one: Suggestion, words: Sequence[str]) -> bool:
    names = {folded(version.words) for version in one.name.versions.values()}
    return any(folded(said) in names for said in words)
