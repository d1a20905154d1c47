"""Values between layers are typed: how many lines say `Any`, and where none may."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.rooms import PACKAGE, ROOT

MOST = 170
"""Lines with `Any` in amity/ and planning/; only ever fewer."""

TYPED = {"queries", "actions", "rules", "checks"}
"""Files, or folders of files, whose functions take and give nothing of an unknown type."""


def sources() -> Iterator[Path]:
    for package in (PACKAGE, ROOT / "planning"):
        yield from package.rglob("*.py")


def test_few_lines_say_any() -> None:
    lines = [line for path in sources() for line in path.read_text().splitlines()]
    assert len([line for line in lines if re.search(r"\bAny\b", line)]) <= MOST


def test_no_query_action_rule_or_check_takes_or_gives_any() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{function.lineno} {function.name}"
        for path in sources()
        if TYPED & {path.stem, path.parent.name} and "tests" not in path.parts
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef) and any(map(says_any, annotations(function)))
    ]
    assert found == []


def annotations(function: ast.FunctionDef) -> Iterator[ast.expr]:
    """What the function says of what it takes and gives."""
    given = function.args
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    yield from (one.annotation for one in every if one is not None and one.annotation)
    if function.returns:
        yield function.returns


def says_any(annotation: ast.expr) -> bool:
    """Whether `Any` stands somewhere in an annotation, or in one that is quoted."""
    return bool(re.search(r"\bAny\b", ast.unparse(annotation)))
