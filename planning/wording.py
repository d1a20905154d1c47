"""Default English wording of reasons. Callers with other languages word them by rule id."""

from __future__ import annotations

from string import Formatter

from planning.kinds import kind_named
from planning.results import Infeasible, Parameter, Reason


def _said(value: Parameter) -> str:
    if not isinstance(value, tuple):
        return str(value)
    parts = [str(part) for part in value]
    if len(parts) < 2:
        return "".join(parts) or "nobody"
    return ", ".join(parts[:-1]) + " and " + parts[-1]


def words(kind: str, reason: Reason) -> str:
    """A clause in English without a full stop: of what a plan breaks where the reason says who,
    where and when, else of what cannot hold; a rule without wording gives its id and values."""
    held = kind_named(kind)
    named = {name: _said(value) for name, value in reason.parameters}
    for template in (held.broken.get(reason.rule), held.wording.get(reason.rule)):
        if template is not None and _places(template) <= set(named):
            return template.format(**named)
    return f"{reason.rule} ({', '.join(f'{name}: {said}' for name, said in named.items())})"


def _places(template: str) -> set[str]:
    """The names of the parameters that a template asks for."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def sentence(answer: Infeasible) -> str:
    """All reasons as one English sentence: "a …, b …, and c …"."""
    clauses = [words(answer.kind, reason) for reason in answer.reasons]
    if not clauses:
        return "No reason was found."
    joined = clauses[0] if len(clauses) == 1 else ", ".join(clauses[:-1]) + ", and " + clauses[-1]
    return joined + "."
