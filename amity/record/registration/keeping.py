"""Words in which a room says who keeps its kinds of records and which fields are weighty.

Each room has one table of them, `<room>/keeping.py`; `docs/keeping.md` is printed from these.
"""

from dataclasses import dataclass

from amity.record.choices import KeptBy


@dataclass(frozen=True, slots=True)
class Keeping:
    """Who keeps the records of one kind, and who may read them.

    `part_of`: references to what a record hangs on, the first filled counts; who reads that reads
    this, and what is OWNER's is kept by the keeper of that. `side`: the reference to the side
    that keeps it (SIDE). `circle`: for what is joint, the paths to the key of its partnership,
    the first that leads somewhere counts. `weighty`: the fields and lists that change only when
    every side agrees, once every side has confirmed. `added`: those of them that came when
    records of the kind were confirmed already; while one is empty, what was confirmed without it
    holds. `weighs`: to add, change or remove one is a weighty change of what it is part of.
    """

    kept_by: KeptBy
    part_of: tuple[str, ...] = ()
    side: str = ""
    circle: tuple[str, ...] = ()
    weighty: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    weighs: bool = False
