"""Keeps `pandas` out of the worker process.

`ortools.sat.python.cp_model` imports pandas for a convenience (variables in a Series) that no
model here uses; that import takes about 2 s of processor time, the rest of OR-Tools half a second.
A stand-in with the two names that its annotations and type checks need is put in its place. Only
the worker does this, before it imports anything else: no caller's process is touched.
"""

from __future__ import annotations

import sys
from types import ModuleType


def leave_out_pandas() -> None:
    """Put the stand-in where `import pandas` will find it, unless pandas is there already."""
    if "pandas" in sys.modules:
        return
    stand_in = ModuleType("pandas")
    for name in ("Index", "Series", "DataFrame"):
        setattr(stand_in, name, type(name, (), {}))
    sys.modules["pandas"] = stand_in
