"""Fonts, map geometry and scripts of others: `./run python -m tools.vendor check`.

`check` compares the files with the manifest, `refresh` fetches them again from their npm packages.
"""

import argparse
import sys

from tools import vendoring


def main(arguments: list[str] | None = None) -> int:
    """Do what the arguments say; the exit code is 1 when files and manifest do not go together."""
    parser = argparse.ArgumentParser(prog="python -m tools.vendor", description=__doc__)
    commands = parser.add_subparsers(dest="what", required=True)
    commands.add_parser("check", help="compare with the manifest")
    refresh = commands.add_parser("refresh", help="fetch again by npm")
    refresh.add_argument("--latest", action="store_true", help="take the newest versions")
    given = parser.parse_args(arguments)
    if given.what == "check":
        differences = vendoring.check()
        print(*differences, sep="\n", end="\n" if differences else "", file=sys.stderr)
        return 1 if differences else 0
    try:
        print(*vendoring.refresh(latest=given.latest), sep="\n")
    except vendoring.VendorError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
