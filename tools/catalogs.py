"""Translations: one catalog per room and language, as text in the repository, compiled to run.

Uses Babel alone, without Django, so that `./run` and the wheel's build can compile them too.
"""

import ast
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from tools import typography

ROOT = Path(__file__).resolve().parent.parent / "amity"
SETTINGS = ROOT / "settings" / "base.py"
SOURCE = "en"
"""The language of the messages themselves, which needs no catalog."""
COMPILER = (Path(__file__), Path(typography.__file__))
"""What a compiled catalog is made by, and made again when it has changed."""


def languages(settings: Path = SETTINGS) -> tuple[str, ...]:
    """The languages that have catalogs: those of the settings but that of the messages.

    Read from the text of the settings, since the wheel is built where there is no Django.
    """
    for node in ast.parse(settings.read_text()).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "LANGUAGES":
            return tuple(tag for tag, _name in ast.literal_eval(node.value) if tag != SOURCE)
    raise LookupError(f"{settings} names no LANGUAGES")


LANGUAGES = languages()


class CatalogError(Exception):
    """A catalog cannot be read; the message names the file."""


def catalog_files(root: Path = ROOT) -> list[Path]:
    """Every catalog below `root`, in a fixed order."""
    return sorted(root.glob("*/locale/*/LC_MESSAGES/django.po"))


def compile_catalogs(root: Path = ROOT) -> list[Path]:
    """Compile each catalog that is newer than its compiled form; return those compiled.

    The words are set for the page: no line begins with a dash, which whoever translates need not
    think of.
    Raises CatalogError for a catalog that cannot be read.
    """
    compiled = []
    changed = max(path.stat().st_mtime for path in COMPILER)
    for source in catalog_files(root):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= max(changed, source.stat().st_mtime):
            continue
        try:
            with source.open("rb") as file:
                catalog = read_po(file, locale=source.parts[-3], abort_invalid=True)
        except (PoFileError, ValueError) as error:
            raise CatalogError(f"{source}: {error}") from error
        _set(catalog)
        # A file of its own for each who compiles, since two may at once.
        with NamedTemporaryFile("wb", dir=target.parent, suffix=".part", delete=False) as part:
            write_mo(part, catalog)
        Path(part.name).chmod(0o644)
        Path(part.name).replace(target)
        compiled.append(target)
    return compiled


def _set(catalog: Catalog) -> None:
    for message in catalog:
        if isinstance(message.string, str):
            message.string = typography.kept_to_the_line(message.string)
        elif message.string:
            message.string = tuple(map(typography.kept_to_the_line, message.string))


if __name__ == "__main__":
    try:
        compile_catalogs()
    except CatalogError as problem:
        sys.exit(str(problem))
