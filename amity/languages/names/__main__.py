"""Compares names of two files, or evaluates the rules.

    python -m amity.languages.names FILE_A FILE_B [--kind person]
    python -m amity.languages.names --evaluate clusters.txt hardneg.txt

Files hold one name a line. Printed are the pairs that are one, with score and rule.
"""

import argparse
import sys
from collections import defaultdict
from pathlib import Path

from amity.languages.names import THRESHOLD, Kind, explain, keys
from amity.languages.names.evaluating import evaluate, read_clusters, read_pairs


def main() -> int:
    """Run the command; 2 for a file that cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m amity.languages.names", description=__doc__)
    parser.add_argument("files", nargs=2, type=Path, metavar="FILE")
    parser.add_argument("--evaluate", action="store_true", help="FILEs are clusters and hard pairs")
    parser.add_argument("--kind", choices=list(Kind), default=Kind.PERSON)
    parser.add_argument("--wrong", action="store_true", help="with --evaluate: list what is wrong")
    given = parser.parse_args()
    try:
        first, second = (path.read_text("utf-8").splitlines() for path in given.files)
        if given.evaluate:
            _evaluate(first, second, wrong=given.wrong)
        else:
            _compare(first, second, given.kind)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"names: {error}\n")
        return 2
    return 0


def _compare(first: list[str], second: list[str], kind: str) -> None:
    by_key = defaultdict(set)
    for at, name in enumerate(second):
        for key in keys(name, kind):
            by_key[key].add(at)
    for name in filter(str.strip, first):
        near = {at for key in keys(name, kind) for at in by_key[key]}
        for at in sorted(near):
            found = explain(name, second[at], kind)
            if found.score >= THRESHOLD:
                sys.stdout.write(f"{found.score:.2f}\t{found.rule}\t{name}\t{second[at]}\n")


def _evaluate(clusters: list[str], hard: list[str], *, wrong: bool) -> None:
    found = evaluate(read_clusters(clusters), read_pairs(hard))
    if wrong:
        lists = (("missed", found.missed), ("mistaken", found.mistaken), ("hard", found.accepted))
        for word, pairs in lists:
            for a, b, score in pairs:
                sys.stdout.write(f"{word}\t{score:.2f}\t{a}\t{b}\n")
    each = 1e6 * found.seconds / max(found.pairs, 1)
    sys.stdout.write(f"{found.pairs} pairs, {each:.1f} µs of CPU each, threshold {THRESHOLD}\n")
    sys.stdout.write(
        f"names: precision {found.precision:.3f}, recall {found.recall:.3f}, F1 {found.f1:.3f}, "
        f"hard negatives accepted {len(found.accepted)} of {found.hard}\n"
    )


if __name__ == "__main__":
    sys.exit(main())
