"""Records for tests of search, made once for a module: nothing there changes them."""

import pytest
from django.db import transaction

from amity.record.search import writing
from bench.search import fill
from tests.search.cases import made


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    """300 records in five languages, in the index."""
    with django_db_blocker.unblock():
        sheet = transaction.atomic()
        sheet.__enter__()
        try:
            fill(made())
            writing.rebuild()
            yield made()
        finally:
            transaction.set_rollback(True)
            sheet.__exit__(None, None, None)
