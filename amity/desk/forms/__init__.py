"""Forms for records of every kind, made from the columns and lists of their models.

Words, labels and complaints are those of the columns, so that a form asks and refuses exactly what
a folder does. Each field has a `shape`, by which `desk/parts/fields.html` draws it.
"""

from .records import RecordForm, RowForm

__all__ = ["RecordForm", "RowForm"]
