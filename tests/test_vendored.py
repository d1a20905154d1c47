"""Vendored files are those of the manifest, and a changed, missing or strange one is named."""

import json
import shutil

import pytest

from tests.rooms import ROOT
from tools import vendor, vendoring


@pytest.fixture
def copy(tmp_path):
    """A checkout in small: the manifest and what it names."""
    manifest = vendoring.read_manifest(ROOT)
    for package in manifest["packages"]:
        for file in package["files"]:
            target = tmp_path / file["to"]
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / file["to"], target)
    (tmp_path / "vendor").mkdir()
    (tmp_path / vendoring.MANIFEST).write_text(json.dumps(manifest))
    return tmp_path


def first_file(checkout):
    return vendoring.read_manifest(checkout)["packages"][0]["files"][0]["to"]


def test_all_is_as_the_manifest_says():
    assert vendoring.check(ROOT) == []


def test_a_changed_byte_is_named(copy):
    name = first_file(copy)
    path = copy / name
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    assert vendoring.check(copy) == [f"{name} is not the file of @fontsource-variable/inter"]


def test_a_missing_file_is_named(copy):
    name = first_file(copy)
    (copy / name).unlink()
    assert vendoring.check(copy) == [f"{name} is missing"]


def test_a_file_that_nobody_declared_is_named(copy):
    stranger = (copy / first_file(copy)).with_name("more.js")
    stranger.write_text("alert(1)")
    assert vendoring.check(copy) == [f"{stranger.relative_to(copy)} is not in the manifest"]


def test_the_command_says_what_differs_and_fails(monkeypatch, capsys):
    assert vendor.main(["check"]) == 0
    monkeypatch.setattr(vendoring, "check", lambda: ["one.js is missing"])
    assert vendor.main(["check"]) == 1
    assert capsys.readouterr().err == "one.js is missing\n"


def test_every_package_is_in_the_notice_with_its_licence_beside_the_files():
    notice = (ROOT / "NOTICE").read_text()
    for package in vendoring.read_manifest(ROOT)["packages"]:
        folders = {file["to"].rpartition("/")[0] for file in package["files"]}
        for folder in folders:
            assert f"{folder}/" in notice
            assert (ROOT / folder / "LICENSE").is_file()
