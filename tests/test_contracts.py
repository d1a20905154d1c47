"""What the import contracts cannot see: references by string, templates, addresses, files."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model

from tests.rooms import PACKAGE, ROOT, contract, heights, may_look_at

ADDRESSES = {"urls", "pages"}
"""Modules that say which page answers where; `site` has its root and its pages apart."""

OURS = sorted(heights())
TEMPLATE_REFERENCE = re.compile(r"""{%-?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")
STATIC_REFERENCE = re.compile(r"""static\(\s*["']([^"']+)["']""")


def test_the_contract_names_every_room_and_only_rooms():
    assert set(heights()) == {path.parent.name for path in PACKAGE.glob("*/apps.py")}
    assert set(heights()) == set(settings.ROOMS)


def test_the_contract_inside_a_room_covers_every_room_of_the_domain():
    own_shape = {"foundation", "languages", "dossier", "site"}
    covered = {name.removeprefix("amity.") for name in contract("Inside a room")["containers"]}
    assert covered == set(heights()) - own_shape


@pytest.mark.parametrize("room", OURS)
def test_foreign_keys_point_to_the_same_room_or_downward(room):
    upward = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model in apps.get_app_config(room).get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model is not get_user_model()  # the one reference that may point upward
        and not may_look_at(room, field.related_model._meta.app_label)
    ]
    assert upward == []


@pytest.mark.parametrize("room", OURS)
def test_migrations_depend_on_the_same_room_or_downward(room):
    upward = []
    for path in sorted((PACKAGE / room / "migrations").glob("0*.py")):
        for label in re.findall(r"""\(\s*["'](\w+)["'],\s*["']\d{4}_""", path.read_text()):
            if label in heights() and not may_look_at(room, label):
                upward.append(f"{path.name} -> {label}")
    assert upward == []


OF_THE_SIGN_IN = {"account", "mfa", "socialaccount", "usersessions", "429.html"}
"""Names that django-allauth's views ask for; the pages are ours."""


@pytest.mark.parametrize("room", OURS)
def test_templates_refer_to_the_same_room_or_downward(room):
    upward = []
    for path in templates(room):
        words = path.read_text()
        for name in TEMPLATE_REFERENCE.findall(words) + STATIC_REFERENCE.findall(words):
            owner = name.split("/")[0]
            if room == "accounts" and owner in OF_THE_SIGN_IN:
                continue
            if owner not in heights() or not may_look_at(room, owner):
                upward.append(f"{path.name} -> {name}")
    assert upward == []


@pytest.mark.parametrize("room", OURS)
def test_templates_and_static_files_stand_in_a_folder_of_their_room(room):
    strangers = [
        str(path.relative_to(PACKAGE))
        for kind in ("templates", "static")
        for path in (PACKAGE / room / kind).glob("*")
        if path.name != room and path.name not in OF_THE_SIGN_IN
    ]
    assert strangers == []


@pytest.mark.parametrize("room", OURS)
def test_pages_are_named_only_by_the_addresses_of_their_own_room(room):
    strangers = [
        f"{path.relative_to(PACKAGE)} -> {module}"
        for path in python_files(room)
        for module in imported(path)
        if (found := re.match(r"amity\.(\w+)\.views\b", module))
        and (found[1] != room or not ("views" in path.parts or path.stem in ADDRESSES))
        and "tests" not in path.parts
    ]
    assert strangers == []


@pytest.mark.parametrize("room", OURS)
def test_no_template_has_an_inline_script_style_or_handler(room):
    inline = []
    for path in templates(room):
        if path.name == "letter.html":
            continue  # readers of mail know no style sheets
        words = path.read_text()
        for tag in re.findall(r"<script\b[^>]*>", words):
            if "src=" not in tag and "json" not in tag:  # what is only data runs nothing
                inline.append(f"{path.name}: {tag}")
        inline += [
            f"{path.name}: {found}"
            for found in re.findall(r"""<style\b|\sstyle=["']|\son[a-z]+=["']""", words)
        ]
    assert inline == []


def test_no_catch_all_module():
    names = {"helpers.py", "utils.py", "common.py", "misc.py", "signals.py"}
    assert [str(path) for path in PACKAGE.rglob("*.py") if path.name in names] == []


def test_no_module_is_too_long_to_have_one_job():
    long = {
        str(path.relative_to(ROOT)): lines
        for folder in ("amity", "planning")
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
        and "tests" not in path.parts
        and (lines := len(path.read_text().splitlines())) > 400
    }
    assert long == {}


def test_no_lock_file_names_an_address():
    for path in (ROOT / "requirements").glob("*.txt"):
        words = path.read_text()
        assert "://" not in words
        assert "--index-url" not in words
        assert "--find-links" not in words


def templates(room: str) -> list[Path]:
    """All template files of a room."""
    return sorted(path for path in (PACKAGE / room / "templates").rglob("*") if path.is_file())


def python_files(room: str) -> list[Path]:
    """All modules of a room."""
    return sorted((PACKAGE / room).rglob("*.py"))


def imported(path: Path) -> list[str]:
    """Full names of what a module imports, relative imports resolved."""
    names = []
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) + 1 - node.level]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            names += [f"{module}.{alias.name}" for alias in node.names]
    return names


def test_dates_are_written_in_one_way():
    """As `foundation/dates` writes them: what Django calls a language's format is another."""
    users = [
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if re.search(r"django\.utils\.(formats|dateformat)\b", path.read_text())
    ]
    assert users == []
