"""The translations of the interface: `./run python -m tools.messages check`.

`extract` lists what the rooms say, `update` brings the catalogs to it, `compile` makes what runs,
`check` fails unless every language says everything, in the words of docs/terms.md.
"""

import argparse
import sys
from collections.abc import Iterator

from tools import catalogs, terms, translations


def main(arguments: list[str] | None = None) -> int:
    """Do what the arguments say; the exit code is 1 when something is wrong with the catalogs."""
    parser = argparse.ArgumentParser(prog="python -m tools.messages", description=__doc__)
    parser.add_argument("what", choices=("extract", "update", "compile", "check"))
    what = parser.parse_args(arguments).what
    if what == "check":
        wrong = [*translations.check(), *terms.check(terms.read())]
        print(*wrong, sep="\n", end="\n" if wrong else "", file=sys.stderr)
        return 1 if wrong else 0
    try:
        for line in {"extract": _extract, "update": _update, "compile": _compile}[what]():
            print(line)
    except catalogs.CatalogError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _extract() -> Iterator[str]:
    for room in translations.rooms():
        for message in translations.extract(room):
            if message.id:
                words = message.id if isinstance(message.id, str) else message.id[0]
                yield f"{room.name}: {words}"


def _update() -> Iterator[str]:
    for path in translations.update():
        yield f"changed {path.relative_to(catalogs.ROOT.parent)}"


def _compile() -> Iterator[str]:
    for path in catalogs.compile_catalogs():
        yield f"compiled {path.relative_to(catalogs.ROOT.parent)}"


if __name__ == "__main__":
    sys.exit(main())
