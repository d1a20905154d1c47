"""The folder of cases that AMITY_SHARED names, and a case of it loaded and asked."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from amity.dossier.loading.load import Asked, load
from amity.dossier.progress import Progress
from amity.dossier.tests.folder import BUREAU, checked, write
from amity.dossier.tests.folder import loaded as of_the_bureau

Case = Callable[..., Path]
Loaded = Callable[..., None]


@pytest.fixture
def case() -> Case:
    """Name of a case → the folder of its dossier (or another one within it)."""
    shared = os.environ.get("AMITY_SHARED")
    if not shared:
        pytest.skip("AMITY_SHARED names no folder")

    def found(name: str, inner: str = "dossier") -> Path:
        folder = Path(shared) / "review" / "field" / name
        assert (folder / "README").is_file()
        return folder / inner

    return found


@pytest.fixture
def load_case(case: Case, db: Any, tmp_path: Path) -> Loaded:
    """Name of a case → its dossier is checked, found right and loaded for an office of no side."""
    of_the_bureau(write(tmp_path / "bureau", BUREAU))

    def loaded(name: str | Path, inner: str = "dossier") -> None:
        staged = checked(case(name, inner) if isinstance(name, str) else name)
        assert staged.problems.lines() == []
        load(staged, Progress(), Asked(office="bureau"))

    return loaded


@pytest.fixture
def words_of(client: Client) -> Callable[[str], str]:
    """Address → the words of the page, with single spaces."""
    import lxml.html

    def read(address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200, address
        main = lxml.html.fromstring(response.content.decode()).find(".//main")
        assert main is not None
        return " ".join(main.text_content().split())

    return read
