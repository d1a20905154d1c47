"""Runs a solve in a worker process, passes its progress on, and ends it when asked."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import selectors
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, Protocol, cast

from planning import kinds
from planning.faults import Fault, ProblemError
from planning.results import Answer, Ended, Lock, Plan, Progress, Unknown

MEMORY_MB = 2000
_POLL_S = 0.02
_GRACE_S = 0.5


class SolverError(RuntimeError):
    """The model itself failed; the message is the worker's traceback."""


class Flag(Protocol):
    """Anything that can be asked whether it is set, such as `threading.Event`."""

    def is_set(self) -> bool:
        """Whether the solve is to be cancelled."""
        ...


def check_options(limit_s: float, seed: int, workers: int, memory_mb: int) -> None:
    """Raise `ProblemError` for every option with which no solve could be run."""
    faults = []
    for path, value, least, most in (
        ("limit", limit_s, 0, 1_000_000),
        ("seed", seed, 0, 2**31 - 1),
        ("workers", workers, 1, 256),
        ("memory", memory_mb, 100, 1_000_000),
    ):
        if not least <= value <= most:  # nan is in no range
            faults.append(Fault(path, f"must be a number from {least} to {most}"))
    if faults:
        raise ProblemError(faults)


class _Run:
    """One worker process and what it has said so far."""

    def __init__(self, kind: kinds.Kind, problem: object, request: bytes) -> None:
        self.kind = kind
        self.problem = problem
        self.plan: Plan | None = None
        self.attempt: Unknown | None = None
        self.answer: Answer | None = None
        self.out_of_memory = False
        self.extra_s = 0.0
        root = str(Path(__file__).resolve().parent.parent)
        path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH", "")]))
        self.process = subprocess.Popen(  # our own interpreter and module
            [sys.executable, "-m", "planning.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,  # an interrupt at the terminal is for us; we end the worker
        )
        self.stdin = cast("IO[bytes]", self.process.stdin)
        self.stdout = cast("IO[bytes]", self.process.stdout)
        head = json.dumps({"path": [root, *sys.path], "length": len(request)}).encode() + b"\n"
        try:
            self.stdin.write(head + request)
            self.stdin.flush()
        except BrokenPipeError:
            pass  # it died at once; waiting for its answer tells
        self._buffer = b""

    def close(self) -> None:
        """End the process and leave nothing of it behind."""
        self.process.kill()
        self.process.wait()
        self.stdout.close()
        with contextlib.suppress(BrokenPipeError):
            self.stdin.close()

    def read(self, on_progress: Callable[[Progress], None] | None) -> bool:
        """Take in what is there; False at the end of the stream."""
        part = os.read(self.stdout.fileno(), 1 << 20)
        self._buffer += part
        while len(self._buffer) >= 4:
            length = struct.unpack(">I", self._buffer[:4])[0]
            if len(self._buffer) < 4 + length:
                break
            name, value = pickle.loads(self._buffer[4 : 4 + length])  # noqa: S301  # our own child
            self._buffer = self._buffer[4 + length :]
            self._take(name, value, on_progress)
        return bool(part)

    def _take(self, name: str, value: Any, on_progress: Callable[[Progress], None] | None) -> None:
        if name == "progress":
            if value.plan is not None:
                self.plan = value.plan
            if on_progress is not None:
                on_progress(value)
        elif name == "attempt":
            self.attempt = value
        elif name == "extend":
            self.extra_s = value
        elif name == "answer":
            self.answer = value
        elif name == "memory":
            self.out_of_memory = True
        else:
            raise SolverError(value)

    def ended(self, how: Ended, seconds: float) -> Answer:
        """What is left to say when the worker could not finish."""
        if self.plan is not None:
            return replace(self.plan, ended=how, seconds=seconds)
        if self.attempt is not None:
            return replace(self.attempt, ended=how, seconds=seconds)
        return Unknown(self.kind.name, how, seconds, missing=self.kind.wanted(self.problem))


def run(
    problem: object,
    *,
    limit_s: float,
    seed: int,
    workers: int,
    deterministic: bool = False,
    previous: Plan | None = None,
    locks: Sequence[Lock] = (),
    on_progress: Callable[[Progress], None] | None = None,
    cancel: Flag | None = None,
    memory_mb: int = MEMORY_MB,
) -> Answer:
    """See `planning.solve`; the problem is taken to be sound."""
    started = time.monotonic()
    kind = kinds.kind_of(problem)
    context = {
        "limit_s": limit_s,
        "seed": seed,
        "workers": workers,
        "deterministic": deterministic,
        "previous": previous,
        "locks": tuple(locks),
        "started": started,
    }
    request = pickle.dumps(
        {
            "kinds": {name: kinds.module_of(name) for name in kinds.names()},
            "kind": kind.name,
            "problem": pickle.dumps(problem),
            "context": pickle.dumps(context),
            "memory": memory_mb * 2**20,
        }
    )
    process = _Run(kind, problem, request)
    try:
        # Deterministic mode must not depend on the clock: there the worker alone ends the solve.
        deadline = None if deterministic else started + limit_s + _GRACE_S
        return _await(process, started, deadline, on_progress, cancel)
    finally:
        process.close()


def _await(
    process: _Run,
    started: float,
    deadline: float | None,
    on_progress: Callable[[Progress], None] | None,
    cancel: Flag | None,
) -> Answer:
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            ready = selector.select(_POLL_S)
            now = time.monotonic()
            alive = not ready or process.read(on_progress)
            if process.answer is not None:
                return process.answer
            if cancel is not None and cancel.is_set():
                return process.ended("cancelled", now - started)
            if process.out_of_memory:
                return process.ended("memory", now - started)
            if not alive:
                return process.ended("killed", now - started)
            if process.extra_s and deadline is not None:
                deadline = max(deadline, now + process.extra_s + _GRACE_S)
                process.extra_s = 0.0
            if deadline is not None and now > deadline:
                return process.ended("limit", now - started)
