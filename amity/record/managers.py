"""What the managers of records give: the public's rows, unless the name says otherwise."""

from typing import TypeVar

from django.db import models
from django.db.models import Q

Row = TypeVar("Row", bound=models.Model)

PUBLIC = "public"
"""What stands in `readers` of a record that everybody may read."""


class PublicRecords(models.Manager[Row]):
    """Records that everybody may read. It is the default manager, so relations use it too."""

    def get_queryset(self) -> "models.QuerySet[Row]":
        return super().get_queryset().filter(readers=PUBLIC)


class PublicEntries(models.Manager[Row]):
    """Entries of records that are there and that everybody may read."""

    def get_queryset(self) -> "models.QuerySet[Row]":
        return super().get_queryset().filter(readers=PUBLIC, removed_at=None, moved_to=None)


class PublicRows(models.Manager[Row]):
    """Child rows of records that everybody may read; `owner` is their reference to it.

    For queries that begin at the child rows. Whoever has the owner reaches its rows by the
    default manager, for who may read the owner was decided when it was fetched.
    """

    def __init__(self, owner: str) -> None:
        super().__init__()
        self.owner = owner

    def get_queryset(self) -> "models.QuerySet[Row]":
        return super().get_queryset().filter(Q(**{f"{self.owner}__readers": PUBLIC}))
