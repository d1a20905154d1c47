"""The documentation names what there is: every setting, every command, every decision."""

import re
from pathlib import Path
from pkgutil import resolve_name

import pytest
from django.apps import apps
from django.core.management import get_commands, load_command_class

from amity import desk, dossier, foundation, record
from amity.record import actions, kinds
from amity.record.plain.layout import layout
from amity.settings.environment import SETTINGS
from tests.rooms import PACKAGE, ROOT
from tools import keeping
from tools.dossier import page as page_about_the_folder

DOCS = ROOT / "docs"
ROOMS = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}


def table_rows(page: str) -> dict[str, str]:
    """First cell without its ticks -> the whole row, of every table in a page of the docs."""
    rows = (line for line in (DOCS / page).read_text().splitlines() if line.startswith("| `"))
    return {row.split("`")[1]: row for row in rows}


def test_the_settings_page_names_every_setting_and_no_other():
    assert list(table_rows("settings.md")) == [setting.name for setting in SETTINGS]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_the_settings_page_says_what_production_needs_and_what_the_default_is(setting):
    _, _, needed, default, _ = (cell.strip() for cell in _cells(setting.name))
    assert needed == ("yes" if setting.required_in_production else "no")
    if setting.default is not None:
        written = default.strip("`")
        assert setting.read(written) == setting.default


def _cells(name: str) -> list[str]:
    row = table_rows("settings.md")[name].replace("\\|", "/")
    return row.split("|")[:5]


def test_the_commands_page_names_every_command_of_ours():
    ours = {name for name, app in get_commands().items() if str(app).startswith("amity.")}
    named = {words.split()[1] for words in table_rows("commands.md") if words.startswith("amity ")}
    assert named == ours | {"migrate"}


def test_the_commands_page_names_every_tool():
    tools = {
        path.stem
        for path in (ROOT / "tools").glob("*.py")
        if '__name__ == "__main__"' in path.read_text() and path.stem != "catalogs"
    }
    prefix = "./run python -m tools."
    rows = table_rows("commands.md")
    named = {row.removeprefix(prefix).split()[0] for row in rows if row.startswith(prefix)}
    assert named == tools


@pytest.mark.parametrize("name", ["demo", "serve"])
def test_the_commands_page_names_every_option_of_the_servers(name):
    command = load_command_class(get_commands()[name], name)
    parser = command.create_parser("amity", name)
    django = {"--help", "--version", "--settings", "--pythonpath", "--traceback"}
    django |= {"--verbosity", "--no-color", "--force-color", "--skip-checks"}
    ours = {
        option for action in parser._actions for option in action.option_strings if "--" in option
    } - django
    row = next(row for words, row in table_rows("commands.md").items() if f"amity {name}" in words)
    assert set(re.findall(r"--\w+", row)) == ours


def test_the_index_of_decisions_lists_every_decision():
    listed = re.findall(r"\]\((\d{4}-[a-z0-9-]+\.md)\)", (DOCS / "adr" / "README.md").read_text())
    assert listed == sorted(path.name for path in (DOCS / "adr").glob("[0-9]*.md"))


@pytest.mark.parametrize(
    "package", [record, actions, dossier, desk, foundation], ids=lambda one: one.__name__
)
def test_a_room_of_many_files_says_where_to_look(package):
    (folder,) = map(Path, package.__path__)
    files = {path.stem for path in folder.glob("*.py")}
    packages = {path.parent.name for path in folder.glob("*/__init__.py")}
    known = {"__init__", "apps", "models", "management", "migrations", "tests"}
    named = {word for said in re.findall(r"`([^`]+)`", package.__doc__) for word in said.split(".")}
    assert (files | packages) - named - known == set()


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_says_what_it_is_and_what_its_own_files_are(room):
    """Beside those that every room has, which the page about the house names."""
    said = resolve_name(f"{PACKAGE.name}.{room}").__doc__
    files = {path.stem for path in (PACKAGE / room).glob("*.py")}
    packages = {path.parent.name for path in (PACKAGE / room).glob("*/__init__.py")}
    page = (DOCS / "architecture.md").read_text()
    inside = page[page.index("Inside a room") :].partition("\n")[0]
    known = {path.strip("/").removesuffix(".py") for path in re.findall(r"`([\w./]+)`", inside)}
    known |= {"__init__", "apps", "management", "migrations"}
    named = {word for words in re.findall(r"`([^`]+)`", said) for word in words.split(".")}
    assert (files | packages) - named - known == set()


def test_every_dependency_is_explained():
    explained = {name.lower() for name in table_rows("dependencies.md")}
    project = (ROOT / "pyproject.toml").read_text().split("dependencies = [")[1].split("]\n")[0]
    names = re.findall(r'^ +"([A-Za-z0-9_-]+)', project, re.MULTILINE)
    assert set(names) <= explained, set(names) - explained


PAGES = [*sorted(DOCS.rglob("*.md")), ROOT / "README.md", ROOT / "bench" / "README.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_between_pages_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text())
    missing = [link for link in links if ":" not in link and not (page.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CHANGELOG.md"], ids=lambda page: page.name)
def test_every_python_file_that_a_page_names_is_there(page):
    named = re.findall(r"`([\w./]+\.py)`", page.read_text())
    beside = [path for path in named if not (page.parent / path).exists()]
    assert [path for path in beside if not there_is(path)] == []


def test_every_file_and_name_in_the_page_about_the_house_is_there():
    """Above all in its table of everyday changes: a folder, a file, a model or a function."""
    named = set(re.findall(r"`([\w./]+)`", (DOCS / "architecture.md").read_text()))
    paths = {one for one in named if "/" in one or one.endswith(".py")}
    assert {path for path in paths if not there_is(path)} == set()
    dotted = {one for one in named - paths if one.split(".")[0] in ROOMS and "." in one}
    assert {name for name in dotted if not is_called(name)} == set()
    assert len(paths) > 100
    assert len(dotted) > 10


def there_is(path: str) -> bool:
    """Whether a file or folder is there: from the root, from the package, or within some room."""
    if path.split("/", maxsplit=1)[0] in ROOMS:
        return (PACKAGE / path).exists()
    around = (found for top in (PACKAGE, ROOT / "tests") for found in top.glob(f"**/{path}"))
    return (ROOT / path).exists() or next(around, None) is not None


def is_called(name: str) -> bool:
    """Whether a dotted name below the package is a model, a module, or something in one."""
    room, *rest = name.split(".")
    if len(rest) == 1 and rest[0].lower() in apps.all_models[room]:
        return True
    try:
        resolve_name(f"{PACKAGE.name}.{name}")
    except (AttributeError, ImportError):
        return False
    return True


def test_the_page_about_keeping_is_printed_from_the_code():
    stands = (ROOT / "docs" / "keeping.md").read_text()
    assert stands == keeping.page(), "./run python -m tools.keeping > docs/keeping.md"


def test_the_page_about_the_folder_lists_every_kind_and_field():
    stands = (ROOT / "docs" / "dossier.md").read_text()
    assert stands == page_about_the_folder(), "./run python -m tools.dossier"


def test_what_keeping_names_is_there():
    for kind in kinds.kinds():
        names = set(layout(kind.model).names)
        named = {*kind.keeping.part_of, *kind.keeping.weighty, kind.keeping.side} - {""}
        assert named <= names
