"""Fields of forms of records: how each is read from what was sent, and drawn."""

from .columns import ColumnField, LanguageField, label_of
from .moments import MomentField
from .posted import Posted, PostedList, PostedMoment, PostedParts
from .references import REFERENCE, GoalsField, ReferenceField, ReferencesField
from .texts import TextField, VersionShown

__all__ = [
    "REFERENCE",
    "ColumnField",
    "GoalsField",
    "LanguageField",
    "MomentField",
    "Posted",
    "PostedList",
    "PostedMoment",
    "PostedParts",
    "ReferenceField",
    "ReferencesField",
    "TextField",
    "VersionShown",
    "label_of",
]
