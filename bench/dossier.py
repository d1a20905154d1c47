"""How long a large dossier takes, and how much memory: check, load, load again, export.

    python bench/dossier.py [--commitments 49800]

Makes an invented dossier of about twice as many records as commitments, then runs the commands as
people do, each in a process of its own, against an empty SQLite database (or DATABASE_URL's, which
must be empty). Prints a row for each: seconds by the clock, seconds of CPU, the latter reckoned for
a quick core by a fixed loop timed before and after (`bench.cores`), peak memory.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

BENCH = Path(__file__).resolve().parent
sys.path.insert(0, str(BENCH.parent))

from bench.cores import QUICK_MS, loop_ms  # noqa: E402 - after the path

SECONDS, MEGABYTES = 180, 600
"""What a load of 100,000 records may take, on two cores."""


def run(arguments: list[str], environment: dict[str, str]) -> tuple[float, float, float]:
    """Run one command: seconds by the clock, seconds of CPU, peak memory in megabytes."""
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "amity", *arguments],
        env=environment,
        cwd=BENCH.parent,
        stdout=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"amity {' '.join(arguments)} failed")
    return time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Make the dossier, run the commands, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--commitments", type=int, default=49_800)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "dossier"
        made = subprocess.run(
            [
                sys.executable,
                str(BENCH / "generate_dossier.py"),
                str(folder),
                f"--commitments={given.commitments}",
                "--contributions=500",
            ],
            check=True,
            capture_output=True,
            text=True,
        )
        size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
        print(f"{made.stdout.split(' in ')[0]}, {size:.0f} MB of YAML, three languages\n")
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "amity.settings.demo",
            "AMITY_DATA_DIR": str(Path(place) / "data"),
        }
        Path(place, "data").mkdir()
        run(["migrate", "-v", "0"], environment)
        print(
            "| command | seconds | CPU seconds | on a quick core | peak MB |\n"
            "| --- | ---: | ---: | ---: | ---: |"
        )
        for name, arguments in (
            ("check", ["dossier", "check", str(folder)]),
            ("load", ["dossier", "load", "--restore", str(folder)]),
            ("load again", ["dossier", "load", str(folder)]),
            ("export", ["dossier", "export", "--everything", str(Path(place) / "out")]),
        ):
            loops = [loop_ms() for _ in range(50)]
            clock, cpu, memory = run(arguments, environment)
            loops += [loop_ms() for _ in range(50)]
            quick = cpu * QUICK_MS / median(loops)
            print(f"| {name} | {clock:.1f} | {cpu:.1f} | {quick:.1f} | {memory:.0f} |", flush=True)
    print(f"\nLimit for the load: {SECONDS} seconds, {MEGABYTES} MB.")


if __name__ == "__main__":
    main()
