"""Both demonstrations, loaded once for all tests of a module."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from tests.rooms import ROOT

FOLDERS = sorted((ROOT / "amity" / "dossier" / "demonstrations").iterdir())


@pytest.fixture(scope="module")
def _demonstrations(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        for folder in FOLDERS:
            call_command("dossier", "load", "--restore", str(folder), stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demonstrations(_demonstrations, db) -> None:
    """Both dossiers are in the record, as a visitor of the demonstration finds them."""
