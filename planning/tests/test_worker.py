"""The worker process: progress, limits, cancelling, memory, and nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from planning import Infeasible, Plan, Progress, Reason, SolverError, Unknown, solve
from planning.kinds import register
from planning.results import Goal
from planning.tests.toy import Place, Toy

register("toy", "planning.tests.toy")

PLAN = Plan("toy", (Place("a", 1),), goals=(Goal("weight", 3, 1),))


def children() -> list[int]:
    """Process ids below this one."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            if int(stat.rpartition(")")[2].split()[1]) == os.getpid():
                found.append(int(entry.name))
    return found


def ask(do: str, **options: object) -> object:
    options.setdefault("limit_s", 20)
    return solve(Toy(do=do), seed=0, workers=1, **options)  # type: ignore[arg-type]  # as given


def test_an_answer_comes_back_equal():
    assert ask("answer") == PLAN
    assert ask("impossible") == Infeasible("toy", (Reason.of("heavy", part="a", by=2),), True)


def test_what_the_worker_prints_disturbs_nothing():
    assert ask("print") == PLAN


def test_progress_arrives_while_the_worker_works_and_cancel_answers_the_best_plan():
    cancel = threading.Event()
    seen: list[Progress] = []
    asked: list[float] = []

    def hear(progress: Progress) -> None:
        seen.append(progress)
        asked.append(time.monotonic())
        cancel.set()

    answer = ask("forever", limit_s=60, on_progress=hear, cancel=cancel)
    assert [(each.goal, each.incumbent, each.bound) for each in seen] == [("weight", 3, 1)]
    assert isinstance(answer, Plan)
    assert (answer.assignments, answer.ended) == (PLAN.assignments, "cancelled")


def test_a_solve_cancelled_before_there_is_a_plan_is_unknown():
    cancel = threading.Event()
    cancel.set()
    assert ask("forever", cancel=cancel) == Unknown("toy", "cancelled")


def test_a_worker_that_overruns_its_limit_is_ended_with_its_best_plan():
    answer = ask("forever", limit_s=2.5)
    assert isinstance(answer, Plan)
    assert (answer.assignments, answer.ended) == (PLAN.assignments, "limit")


def test_a_worker_ended_without_a_plan_leaves_its_best_attempt():
    answer = ask("try", limit_s=2.5)
    assert answer == Unknown("toy", "limit", attempt=(Place("b", 2),), missing=("a",))


def test_memory_is_bounded():
    answer = ask("eat", limit_s=60, memory_mb=200)
    assert isinstance(answer, Plan)
    assert (answer.assignments, answer.ended) == (PLAN.assignments, "memory")


def test_a_failing_model_tells_its_traceback():
    with pytest.raises(SolverError, match="ZeroDivisionError: as asked"):
        ask("fail")


def test_a_killed_worker_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    before = children()

    def hear(progress: Progress) -> None:
        (worker,) = [each for each in children() if each not in before]
        os.kill(worker, signal.SIGKILL)

    answer = ask("forever", limit_s=60, on_progress=hear)
    assert isinstance(answer, Plan)
    assert answer.ended == "killed"
    assert children() == before
    assert list(tmp_path.iterdir()) == []


def test_the_worker_ends_when_its_parent_dies():
    script = textwrap.dedent(
        """
        import sys, os, signal
        from pathlib import Path
        from planning import solve
        from planning.kinds import register
        from planning.tests.toy import Toy
        register("toy", "planning.tests.toy")
        def hear(progress):
            task = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text()
            print(task.split()[0], flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
        solve(Toy(do="forever"), limit_s=60, seed=0, workers=1, on_progress=hear)
        """
    )
    parent = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60
    )
    worker = int(parent.stdout)
    for _ in range(200):
        if not Path(f"/proc/{worker}").exists() or _is_zombie(worker):
            break
        time.sleep(0.05)
    assert not Path(f"/proc/{worker}").exists() or _is_zombie(worker)


def _is_zombie(process: int) -> bool:
    """Ended; only whoever adopted it has not yet asked for its status."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.mark.parametrize(
    ("number", "status", "words"),
    [("SIGINT", 130, "interrupted"), ("SIGTERM", 143, "asked to end")],
)
def test_a_signal_ends_a_solve_in_one_line(number, status, words, tmp_path):
    """The command answers with the best plan so far and leaves no worker behind."""
    script = textwrap.dedent(
        """
        import os, signal, sys, threading, time
        from pathlib import Path
        from planning.__main__ import main
        from planning.kinds import register
        register("toy", "planning.tests.toy")
        def interrupt():
            own = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
            while not own.read_text().split():
                time.sleep(0.05)
            os.kill(os.getpid(), getattr(signal, sys.argv[2]))
        threading.Thread(target=interrupt, daemon=True).start()
        sys.exit(main(["solve", sys.argv[1], "--limit", "600", "--workers", "1"]))
        """
    )
    problem = tmp_path / "problem.json"
    problem.write_text('{"kind": "toy", "do": "forever"}', encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-c", script, str(problem), number],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (ended.returncode, ended.stderr) == (status, f"{words}\n")
    assert '"ended": "cancelled"' in ended.stdout


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (">/dev/full", "the answer cannot be written: [Errno 28] No space left on device\n"),
        (">&-", "the answer cannot be written: standard output is closed\n"),
        (">/dev/full 2>&-", ""),
    ],
)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
def test_an_answer_that_cannot_be_written_is_told_in_one_line(where, words):
    command = f"{sys.executable} -m planning schema meetings {where}"
    ended = subprocess.run(
        ["/bin/sh", "-c", command], capture_output=True, text=True, check=False, timeout=60
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (74, "", words)
