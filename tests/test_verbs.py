"""Every verb of the audit trail has words at the desk."""

import ast
from collections.abc import Iterator
from pathlib import Path

from amity.desk.words.verbs import VERBS
from tests.rooms import PACKAGE

PLACES = {"record_change": 1, "Writing": 1, "verb": 0}
"""Where each of these takes the verb; what passes one on is found by its argument `verb`."""


def modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if not {"tests", "migrations"} & {*path.parts}:
            yield path, ast.parse(path.read_text())


def said_by(node: ast.expr | None) -> Iterator[str]:
    """The words that an expression can be, as far as they are written in it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from said_by(node.body)
        yield from said_by(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from said_by(value)


def verbs_of(module: ast.Module) -> Iterator[str]:
    places = dict(PLACES)
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef):
            names = [one.arg for one in node.args.args]
            if "verb" in names:
                places[node.name] = names.index("verb")
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called in places:
                for argument in node.args[places[called] :][:1]:
                    yield from said_by(argument)
            for keyword in node.keywords:
                if keyword.arg == "verb":
                    yield from said_by(keyword.value)
        elif isinstance(node, ast.Assign):
            if [getattr(one, "id", "").lower() for one in node.targets] == ["verb"]:
                yield from said_by(node.value)
        elif isinstance(node, ast.FunctionDef):
            arguments = node.args
            both = [
                *zip(reversed(arguments.args), reversed(arguments.defaults), strict=False),
                *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
            ]
            for argument, default in both:
                if argument.arg == "verb":
                    yield from said_by(default)


def test_the_desk_has_words_for_each_verb() -> None:
    used = {verb for _path, module in modules() for verb in verbs_of(module)}
    assert {"take_up", "withdraw_link", "agree_by_silence", "mandate", "close"} <= used
    assert used - set(VERBS) == set()
