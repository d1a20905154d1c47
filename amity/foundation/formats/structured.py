"""What programs read: values as JSON has them, and things described by schema.org in JSON-LD."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
"""A value that JSON can write."""

Thing: TypeAlias = dict[str, Json]
"""A thing in JSON-LD, by the names of its properties."""
