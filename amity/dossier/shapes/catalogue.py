"""Every shape there is, by kind."""

from functools import cache

from amity.record import kinds
from amity.record.models import Dossier

from .pictures import PictureShape
from .records import RecordShape, shape_of_model

PICTURE = "picture"


@cache
def record_shape(kind: str) -> RecordShape:
    """The shape of a kind of record. Raises KeyError."""
    shape = shape_of_model(kinds.get(kind).model)
    return PictureShape.of(shape) if kind == PICTURE else shape


@cache
def head_shape() -> RecordShape:
    """The shape of `dossier.yaml`."""
    return shape_of_model(Dossier)
