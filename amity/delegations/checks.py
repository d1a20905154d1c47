"""Checks between records of delegations."""

from collections.abc import Iterator

from django.db.models import F, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amity.delegations.models import Delegate
from amity.record.checks import Broken


def group_of_the_same_gathering(delegates: QuerySet[Delegate]) -> Iterator[Broken]:
    """A delegate's group is one of the gathering that the delegation goes to."""
    grouped = delegates.filter(group__isnull=False)
    strangers = grouped.exclude(group__gathering=F("delegation__gathering"))
    names = ("group__key", "group__gathering__key", "delegation__gathering__key")
    for pk, group, theirs, own in strangers.values_list("pk", *names).iterator():
        words = _("{group} is a group of {theirs}; expected one of {own}")
        yield Broken(pk, "group", format_lazy(words, group=group, theirs=theirs, own=own))
