"""For tests of the rooms: what Django asks the database once per process is asked beforehand."""

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from amity.record.tests.one_write import _one_write

__all__ = ["_one_write"]


@pytest.fixture(autouse=True, scope="session")
def _features_are_known(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Counts of statements leave out the question whether the database knows JSON."""
    with django_db_blocker.unblock():
        known = connection.features.supports_json_field
    if not known:
        pytest.exit("this database does not know JSON")
