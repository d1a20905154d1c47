"""`python -m planning`: solve, check and schema on the command line.

solve   prints the answer as JSON; exit status 0 for a plan, 1 infeasible, 2 unknown
check   prints the verdict as JSON; exit status 0 where no rule is broken, else 1
schema  prints the JSON schema of a kind of problem
Bad input is told on standard error with every wrong field; exit status 64. An interrupt or a
request to end (SIGTERM) ends a solve with the best plan so far on standard output; exit status 130
or 143. Where the answer cannot be written the exit status is 74.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from planning import check, json_io, kinds, solve
from planning.faults import Fault, ProblemError
from planning.results import Answer, Infeasible, Plan, Progress
from planning.runner import MEMORY_MB

BAD_INPUT = 64
CANNOT_WRITE = 74
SIGNALLED = 128  # and the number of the signal
MOST_BYTES = 10_000_000  # of a file that is read


class _Parser(argparse.ArgumentParser):
    """Tells bad options with the exit status of bad input."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(BAD_INPUT, f"{self.prog}: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m planning", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    solving = commands.add_parser("solve", help="plan a problem")
    solving.add_argument("problem", type=Path)
    solving.add_argument("--limit", type=float, default=60.0, help="seconds (default 60)")
    solving.add_argument("--seed", type=int, default=0)
    solving.add_argument("--workers", type=int, default=2, help="threads (default 2)")
    solving.add_argument("--deterministic", action="store_true", help="repeat identically")
    solving.add_argument("--previous", type=Path, help="a plan to stay close to")
    solving.add_argument(
        "--lock", action="append", default=[], metavar="item:ID|slot:ID", help="may be repeated"
    )
    solving.add_argument("--progress", action="store_true", help="JSON lines on standard error")
    solving.add_argument("--memory", type=int, default=MEMORY_MB, metavar="MB")
    checking = commands.add_parser("check", help="judge a plan")
    checking.add_argument("problem", type=Path)
    checking.add_argument("plan", type=Path)
    checking.add_argument("--previous", type=Path)
    checking.add_argument("--lock", action="append", default=[], metavar="item:ID|slot:ID")
    schema = commands.add_parser("schema", help="print the schema of a kind of problem")
    schema.add_argument("kind", choices=kinds.names())
    return parser


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            held = file.read(MOST_BYTES + 1)
        if len(held) > MOST_BYTES:
            raise ProblemError([Fault(str(path), f"is longer than {MOST_BYTES:,} bytes")])
        return held.decode("utf-8-sig")  # some editors begin a file with a mark
    except (OSError, UnicodeDecodeError) as error:
        raise ProblemError([Fault(str(path), f"cannot be read: {error}")]) from None


class _Signals:
    """The first interrupt (SIGINT) or request to end (SIGTERM), which then does nothing else."""

    def __init__(self) -> None:
        self.number = 0

    def is_set(self) -> bool:
        """Whether one has come."""
        return self.number != 0

    def take(self, number: int, _frame: object) -> None:
        """Remember it."""
        self.number = self.number or number


@contextlib.contextmanager
def _signals() -> Iterator[_Signals]:
    """Signals that come meanwhile."""
    come = _Signals()
    wanted = (signal.SIGINT, signal.SIGTERM)
    try:
        before = [signal.signal(number, come.take) for number in wanted]
    except ValueError:  # not in the main thread, where no signal arrives
        yield come
        return
    try:
        yield come
    finally:
        for number, handler in zip(wanted, before, strict=True):
            signal.signal(number, handler)


def _tell(text: str) -> None:
    """A line on standard error; nobody can be told that it cannot be written."""
    with contextlib.suppress(OSError, ValueError):
        if sys.stderr is not None:
            sys.stderr.write(text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")
            sys.stderr.flush()


def _give(text: str) -> bool:
    """An answer on standard output; whether all of it could be written."""
    try:
        if sys.stdout is None:
            raise OSError("standard output is closed")
        sys.stdout.write(text)
        sys.stdout.flush()
    except (OSError, ValueError) as error:
        _tell(f"the answer cannot be written: {error}")
        with contextlib.suppress(OSError, ValueError, AttributeError):
            # what is left in the buffer would be tried once more at the end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    return True


def _solve(options: argparse.Namespace) -> int:
    def show(progress: Progress) -> None:
        _tell(json_io.dump_progress(progress))

    with _signals() as signals:
        answer = _answer(options, show if options.progress else None, signals)
        if not _give(json_io.dump_answer(answer)):
            return CANNOT_WRITE
    if signals.is_set():
        _tell("interrupted" if signals.number == signal.SIGINT else "asked to end")
        return SIGNALLED + signals.number
    if isinstance(answer, Plan):
        return 0
    return 1 if isinstance(answer, Infeasible) else 2


def _answer(
    options: argparse.Namespace,
    show: Callable[[Progress], None] | None,
    signals: _Signals,
) -> Answer:
    return solve(
        json_io.load_problem(_read(options.problem)),
        limit_s=options.limit,
        seed=options.seed,
        workers=options.workers,
        deterministic=options.deterministic,
        previous=json_io.load_plan(_read(options.previous)) if options.previous else None,
        locks=json_io.load_locks(options.lock),
        on_progress=show,
        cancel=signals,
        memory_mb=options.memory,
    )


def _check(options: argparse.Namespace) -> int:
    plan = json_io.load_plan(_read(options.plan))
    verdict = check(
        json_io.load_problem(_read(options.problem)),
        plan,
        previous=json_io.load_plan(_read(options.previous)) if options.previous else None,
        locks=json_io.load_locks(options.lock),
    )
    if not _give(json_io.dump_verdict(plan.kind, verdict)):
        return CANNOT_WRITE
    return 0 if verdict.ok else 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "solve":
            return _solve(options)
        if options.command == "check":
            return _check(options)
    except ProblemError as error:
        for fault in error.faults:
            _tell(f"{fault.path or 'problem'}: {fault.words}")
        return BAD_INPUT
    except KeyboardInterrupt:
        _tell("interrupted")
        return SIGNALLED + signal.SIGINT
    schema = json_io.text_of(json_io.problem_schema(options.kind))
    return 0 if _give(schema) else CANNOT_WRITE


if __name__ == "__main__":
    sys.exit(main())
