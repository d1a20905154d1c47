"""Measures the planning library: `python bench/planning.py COMMAND [options]`.

b2b                   business meetings against known values
explain               why infeasible business meetings are
replan                late changes to business meetings
wishes                meetings chosen from wishes
conference            large conferences made around a good plan
programme             published conference programmes
generated             programmes made around a plan that keeps every rule
impossible            why programmes with one contradiction each are
conference-scheduler  beside the package of that name
all                   those that need no files

Each has a module of its own beside this file, which tells its options with --help; the table of
results stands in docs/performance.md.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Command -> module in this folder and its function, which takes the remaining arguments.
COMMANDS = {
    "b2b": ("planning_b2b", "main"),
    "explain": ("planning_explain", "main"),
    "replan": ("planning_replan", "main"),
    "wishes": ("planning_wishes", "main"),
    "conference": ("planning_conference", "main"),
    "programme": ("planning_programme", "main"),
    "generated": ("planning_generated", "main"),
    "impossible": ("planning_impossible", "main"),
    "conference-scheduler": ("planning_compare", "main"),
}
WITHOUT_FILES = ("wishes", "conference", "conference-scheduler", "generated", "impossible")


def main(arguments: list[str]) -> int:
    """Run the command asked for; its exit status."""
    if not arguments or arguments[0] not in (*COMMANDS, "all"):
        print(__doc__)
        return 0 if arguments in (["-h"], ["--help"]) else 64
    command, rest = arguments[0], arguments[1:]
    worst = 0
    for name in WITHOUT_FILES if command == "all" else (command,):
        module, function = COMMANDS[name]
        worst = max(worst, getattr(import_module(f"bench.{module}"), function)(rest))
    return worst


if __name__ == "__main__":
    # This file is called like the library; the root must come before its folder.
    sys.path[:] = [str(ROOT), *(path for path in sys.path if Path(path) != Path(__file__).parent)]
    sys.exit(main(sys.argv[1:]))
