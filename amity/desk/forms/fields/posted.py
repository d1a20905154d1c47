"""What was sent, as widgets read it."""

from collections.abc import Mapping

from django import forms
from django.http import QueryDict


class Posted(forms.Widget):
    """Reads what was sent; templates draw by the field's shape."""

    def value_from_datadict(self, data: Mapping[str, object], files: object, name: str) -> object:
        return data.get(name)

    def value_omitted_from_data(self, data: Mapping[str, object], files: object, name: str) -> bool:
        return False


class PostedList(Posted):
    """Several values of one name."""

    def value_from_datadict(self, data: Mapping[str, object], files: object, name: str) -> object:
        return data.getlist(name) if isinstance(data, QueryDict) else data.get(name, [])


class PostedMoment(Posted):
    """A wall time, and after a slash which moment of the two at which clocks show it."""

    def value_from_datadict(self, data: Mapping[str, object], files: object, name: str) -> object:
        wall, which = data.get(name), data.get(f"{name}-which")
        return f"{wall}/{which}" if wall and which else wall


class PostedParts(Posted):
    """Values of names that begin with this one and a hyphen, by what follows."""

    def value_from_datadict(self, data: Mapping[str, object], files: object, name: str) -> object:
        prefix = f"{name}-"
        return {key.removeprefix(prefix): data.get(key) for key in data if key.startswith(prefix)}
