"""The database column for `Text`: one JSON value, so that a page needs no joins to be read."""

from typing import Any

from django.db.models import Model
from django.db.models.expressions import BaseExpression
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext_lazy as _

from amity.foundation.dates.fields import ValueColumn
from amity.languages.text import Text


class TextColumn(ValueColumn):
    """A column whose value is a `Text`, or None where the column is nullable.

    Stored as `Text.to_column()` gives it, so JSON lookups work: `title__original="vi"`,
    `title__versions__vi__words__icontains="…"`, `title__versions__has_key="ru"`.
    """

    description = _("Text in several languages")
    default_error_messages = {"invalid": _("Expected a text with its languages.")}
    value_class = Text

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        """Read from SQLite as the bytes it holds, which is what their reader takes."""
        if compiler.connection.vendor == "sqlite":
            return f"CAST({sql} AS BLOB)", params
        return super().select_format(compiler, sql, params)

    def from_db_value(self, value: Any, expression: BaseExpression, connection: Any) -> Any:
        """As the base class has it, with a short way: a page reads hundreds of texts."""
        if type(value) in (bytes, str) and not isinstance(expression, KeyTransform):
            return Text.from_json(value)
        plain = value.decode() if type(value) is bytes else value
        return super().from_db_value(plain, expression, connection)

    def from_json(self, stored: Any) -> Text:
        """A `Text` that unfolds when it is read."""
        return Text.from_json(stored)

    def value_to_string(self, obj: Model) -> Any:
        value = self.value_from_object(obj)
        return value.to_json() if isinstance(value, Text) else value

    def _plain(self, value: Any) -> Any:
        return value.to_column() if isinstance(value, Text) else value
