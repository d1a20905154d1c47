"""The words alone of a column of texts, for what tells hundreds of them in one language."""

from collections.abc import Callable

import orjson
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Expression, F, Func, TextField
from django.db.models.sql.compiler import SQLCompiler

from amity.languages.jinja import plain
from amity.languages.text import Text

Compiled = tuple[str, tuple[str | int, ...]]

SIMPLY = """CASE WHEN {origin} = 'human' AND ({made_from} IS NULL OR {holds} IS NOT NULL)
THEN {words} ELSE %(expressions)s END"""
"""What `Text.simply` asks of a version, and a database may ask more: else it gives the whole."""
SQLITE = SIMPLY.format(
    origin="""%(expressions)s ->> '$.versions."%(language)s".origin'""",
    made_from="""%(expressions)s -> '$.versions."%(language)s".made_from'""",
    holds="""%(expressions)s -> '$.versions."%(language)s".made_from.holds'""",
    words="""%(expressions)s -> '$.versions."%(language)s".words'""",
)
POSTGRESQL = SIMPLY.format(
    origin="%(expressions)s #>> '{versions,%(language)s,origin}'",
    made_from="%(expressions)s #> '{versions,%(language)s,made_from}'",
    holds="%(expressions)s #> '{versions,%(language)s,made_from,holds}'",
    words="%(expressions)s #> '{versions,%(language)s,words}'",
)


class PlainWords(Func):
    """What `plain` gives of a column of texts on a page in `language`; "" where there is none.

    Nearly always a text has a version in that language of which nothing need be said. Then the
    database gives its words, and leaves the other languages, most of the text, where they are.
    Else it gives the whole text and `plain` chooses. Both are JSON: a string, an object.
    """

    def __init__(self, column: str, language: str) -> None:
        super().__init__(F(column), output_field=TextField(), language=language)
        self._language = language

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: object
    ) -> Compiled:
        """By the paths of SQLite."""
        return self.as_sql(compiler, connection, template=SQLITE)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Compiled:
        """By the paths of PostgreSQL."""
        return self.as_sql(compiler, connection, template=POSTGRESQL)

    def get_db_converters(
        self, connection: BaseDatabaseWrapper
    ) -> list[Callable[[str | None, Expression, BaseDatabaseWrapper], str]]:
        """Reads the words of the one JSON or the other."""
        return [self._read]

    def _read(self, value: str | None, *_: object) -> str:
        if value is None:
            return ""
        if value.startswith('"'):
            words: str = orjson.loads(value)
            return words
        return plain(Text.from_json(value), self._language)
