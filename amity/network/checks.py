"""Checks of the network between what is said of a record."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amity.foundation.words.characters import quoted
from amity.network.filing import apart
from amity.network.models import Person
from amity.record.checks import Broken


def family_name_within_the_name(persons: QuerySet[Person]) -> Iterator[Broken]:
    """A family name stands in the name as it is written there, so that lists can tell it apart."""
    rows = persons.filter(family_name__isnull=False).values_list("pk", "name", "family_name")
    for pk, name, family in rows.iterator():
        if family is not None and (tag := apart(name, family)):
            words = _("{family} is no part of the name {name}")
            yield Broken(
                pk,
                "family_name",
                format_lazy(
                    words,
                    family=quoted(family.versions[tag].words),
                    name=quoted(name.versions[tag].words),
                ),
            )
