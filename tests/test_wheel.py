"""The wheel holds what runs, and nothing of what only tests and development need."""

import subprocess
import sys
import zipfile

import pytest

from tests.rooms import ROOT
from tools import catalogs


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    """The names of all files in a wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        return set(packed.namelist())


def test_it_holds_the_package_the_library_and_nothing_else(names):
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"amity", "planning"}


def test_it_holds_no_tests_and_no_tools(names):
    parts = {part for name in names for part in name.split("/")}
    assert parts & {"tests", "conftest.py", "tools", "bench"} == set()


def test_it_holds_every_module_template_and_translation(names):
    kept = [
        path.relative_to(ROOT)
        for folder in ("amity", "planning")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    ]
    wanted = {
        str(path)
        for path in kept
        if not {"tests", "conftest.py"} & set(path.parts) and path.suffix != ".part"
    }
    assert wanted - names == set()
    compiled = {path.with_suffix(".mo").relative_to(ROOT) for path in catalogs.catalog_files()}
    assert {str(path) for path in compiled} - names == set()
