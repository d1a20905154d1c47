"""Problems, plans, answers and progress as JSON, with one error for all that is wrong.

A problem document holds `"kind"` and the members of that kind's problem. A plan document is what
`dump_answer` writes for a plan.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from planning import codec, kinds
from planning.faults import Fault, ProblemError
from planning.results import (
    Answer,
    Cost,
    Ended,
    Goal,
    Infeasible,
    Lock,
    Move,
    Parameter,
    Plan,
    Progress,
    Reason,
    Verdict,
)
from planning.schema import schema_of
from planning.wording import words


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object none of whose members is written twice."""
    held = dict(pairs)
    if len(held) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ProblemError([Fault("document", f"holds {_plain(twice)} twice in one object")])
    return held


def _plain(text: str) -> str:
    """A string of the document that can be written wherever errors are."""
    return repr(text.encode("ascii", "backslashreplace").decode("ascii"))


def _no_number(name: str) -> object:
    raise ProblemError([Fault("document", f"holds {name}, which is no number of JSON")])


def _parse(text: str) -> dict[str, object]:
    try:
        document = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        words_of = f"is not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        raise ProblemError([Fault("document", words_of)]) from None
    except RecursionError:
        raise ProblemError([Fault("document", "is nested too deeply")]) from None
    except ProblemError:
        raise
    except ValueError:
        raise ProblemError([Fault("document", "holds a number of too many digits")]) from None
    if not isinstance(document, dict):
        raise ProblemError([Fault("document", "must be an object")])
    return document


def load_problem(text: str) -> Any:
    """The problem written in `text`; `ProblemError` names every wrong field."""
    document = _parse(text)
    kind = kinds.kind_named(document.pop("kind", None))
    faults: list[Fault] = []
    problem = codec.decode(kind.problem, document, "", faults)
    _judge(kind, problem, faults)
    return problem


def _judge(kind: kinds.Kind, problem: object, faults: list[Fault]) -> None:
    """Raise all faults of form and, where the form is right, of meaning."""
    wrong = [fault.path for fault in faults]
    for fault in kind.faults(problem):
        # What stands in for a faulty field would only repeat that it is faulty.
        if not any(
            fault.path == path or fault.path.startswith((f"{path}.", f"{path}[")) for path in wrong
        ):
            faults.append(fault)
    if faults:
        raise ProblemError(faults)


def validate(problem: object) -> Any:
    """The same problem as it would be read; the same `ProblemError` for one made in Python."""
    kind = kinds.kind_of(problem)
    faults: list[Fault] = []
    read = codec.decode(kind.problem, codec.encode(problem), "", faults)
    if faults:
        raise ProblemError(faults)
    _judge(kind, read, faults)
    return read


def validate_plan(problem: object, plan: Plan) -> Plan:
    """The same plan with its assignments as they would be read."""
    kind = kinds.kind_of(problem)
    faults: list[Fault] = []
    read = tuple(
        codec.decode(kind.assignment, codec.encode(item), f"assignments[{n}]", faults)
        for n, item in enumerate(plan.assignments)
    )
    if faults:
        raise ProblemError(faults)
    return replace(plan, assignments=read)


def validate_locks(
    problem: object, previous: Plan | None, locks: Sequence[Lock]
) -> tuple[Lock, ...]:
    """The same locks as they would be read; `ProblemError` where one names nothing."""
    kind = kinds.kind_of(problem)
    faults: list[Fault] = []
    read = tuple(
        Lock(
            codec.text_of(lock.item, f"lock[{n}]", faults),
            codec.text_of(lock.slot, f"lock[{n}]", faults),
        )
        for n, lock in enumerate(locks)
    )
    known = kind.lockable(problem, previous) if kind.lockable and previous is not None else None
    for n, lock in enumerate(read):
        if previous is None:
            words_of = "needs a previous plan in which something can be locked"
            faults.append(Fault(f"lock[{n}]", words_of))
        for name, names, what in zip(
            (lock.item, lock.slot), known or (), ("item", "slot"), strict=False
        ):
            if name and name not in names:
                faults.append(Fault(f"lock[{n}]", f"no {what} is called {name!r}"))
    if faults:
        raise ProblemError(faults)
    return read


def dump_problem(problem: object) -> str:
    """`problem` as JSON; `load_problem` gives an equal one back."""
    kind = kinds.kind_of(problem)
    return text_of({"kind": kind.name, **codec.encode(problem)})


def problem_schema(name: str) -> dict[str, object]:
    """The published schema of a kind of problem."""
    kind = kinds.kind_named(name)
    return schema_of(kind.problem, kind.name)


def load_plan(text: str) -> Plan:
    """The plan written in `text` by `dump_answer`; `ProblemError` names every wrong field."""
    document = _parse(text)
    kind = kinds.kind_named(document.get("kind"))
    faults: list[Fault] = []
    if document.get("answer") != "plan":
        raise ProblemError([Fault("answer", "must be 'plan'")])
    known = {"answer", *(field.name for field in fields(Plan)), "gap", "bound", "value"}
    faults.extend(Fault(name, "is not known") for name in document if name not in known)
    moves = document.get("moves", [])
    place = kind.assignment | None
    plan = Plan(
        kind.name,
        codec.decode(
            tuple[kind.assignment, ...],  # type: ignore[name-defined]  # the type is data here
            document.get("assignments"),
            "assignments",
            faults,
        ),
        codec.decode(tuple[Cost, ...], document.get("costs", []), "costs", faults),
        codec.decode(tuple[Goal, ...], document.get("goals", []), "goals", faults),
        tuple(
            _load_move(place, move, f"moves[{index}]", faults) for index, move in enumerate(moves)
        )
        if isinstance(moves, list)
        else (),
        codec.decode(Ended, document.get("ended", "proven"), "ended", faults),
        codec.decode(float, document.get("seconds", 0.0), "seconds", faults),
    )
    if not isinstance(moves, list):
        faults.append(Fault("moves", "must be a list"))
    if faults:
        raise ProblemError(faults)
    return plan


def _load_move(place: object, move: object, path: str, faults: list[Fault]) -> Move:
    if not isinstance(move, dict):
        faults.append(Fault(path, "must be an object"))
        return Move("", None, None)
    return Move(
        codec.decode(str, move.get("item"), f"{path}.item", faults),
        codec.decode(place, move.get("before"), f"{path}.before", faults),
        codec.decode(place, move.get("after"), f"{path}.after", faults),
    )


def answer_document(answer: Answer) -> dict[str, object]:
    """`answer` as plain JSON values."""
    if isinstance(answer, Plan):
        return {
            "answer": "plan",
            "kind": answer.kind,
            "ended": answer.ended,
            "value": answer.value,
            "bound": answer.bound,
            "gap": round(answer.gap, 6),
            "seconds": round(answer.seconds, 3),
            "goals": [_whole(goal) for goal in answer.goals],
            "costs": [_whole(cost) for cost in answer.costs],
            "assignments": [codec.encode(item) for item in answer.assignments],
            "moves": [_move(move) for move in answer.moves],
        }
    if isinstance(answer, Infeasible):
        return {
            "answer": "infeasible",
            "kind": answer.kind,
            "smallest": answer.smallest,
            "seconds": round(answer.seconds, 3),
            "reasons": [_reason(answer.kind, reason) for reason in answer.reasons],
        }
    return {
        "answer": "unknown",
        "kind": answer.kind,
        "ended": answer.ended,
        "seconds": round(answer.seconds, 3),
        "attempt": [codec.encode(item) for item in answer.attempt],
        "missing": list(answer.missing),
        "broken": [_reason(answer.kind, reason) for reason in answer.broken],
    }


def dump_answer(answer: Answer) -> str:
    """`answer` as JSON, with English wording beside each reason."""
    return text_of(answer_document(answer))


def dump_progress(progress: Progress) -> str:
    """One line of JSON."""
    return json.dumps(
        {
            "goal": progress.goal,
            "incumbent": progress.incumbent,
            "bound": progress.bound,
            "seconds": round(progress.seconds, 3),
            "plan": progress.plan is not None,
        }
    )


def dump_verdict(kind: str, verdict: Verdict) -> str:
    """`verdict` as JSON."""
    return text_of(
        {
            "ok": verdict.ok,
            "broken": [_reason(kind, reason) for reason in verdict.broken],
            "goals": [_whole(goal) for goal in verdict.goals],
            "costs": [_whole(cost) for cost in verdict.costs],
            "moves": [_move(move) for move in verdict.moves],
        }
    )


def load_locks(written: Sequence[str]) -> tuple[Lock, ...]:
    """Locks written "item:ID" or "slot:ID"."""
    locks: list[Lock] = []
    faults: list[Fault] = []
    for index, each in enumerate(written):
        what, _, name = each.partition(":")
        if what == "item" and name:
            locks.append(Lock(item=name))
        elif what == "slot" and name:
            locks.append(Lock(slot=name))
        else:
            faults.append(Fault(f"lock[{index}]", f"must be item:ID or slot:ID, not {each!r}"))
    if faults:
        raise ProblemError(faults)
    return tuple(locks)


def _whole(part: Goal | Cost) -> dict[str, object]:
    return {field.name: getattr(part, field.name) for field in fields(part)}


def _move(move: Move) -> dict[str, object]:
    return {
        "item": move.item,
        "before": codec.encode(move.before),
        "after": codec.encode(move.after),
    }


def _reason(kind: str, reason: Reason) -> dict[str, object]:
    parameters: dict[str, Parameter] = reason.named()
    return {
        "rule": reason.rule,
        "parameters": codec.encode(parameters),
        "words": words(kind, reason),
    }


def text_of(document: dict[str, object]) -> str:
    """`document` as the JSON that everything here is written in."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
