"""Prints docs/keeping.md: who keeps which records, who reads them, what of them is weighty.

./run python -m tools.keeping > docs/keeping.md
"""

import sys
from collections.abc import Iterator

import django

HEAD = """# Who keeps what

Printed from the tables `amity/<room>/keeping.py` by `./run python -m tools.keeping`.

*Nobody*: common; any office adds and mends, the history says who. *Office*: the office that recorded it. *Side*: the side that it names, whatever it hangs on. *Partnership*: all sides together; the office that began it changes it until every side has confirmed, and from then on *weighty* fields change when every side agrees. *Owner*: whoever keeps what it is part of. What is part of something is read by whoever reads that; a side or an office may keep to itself what it keeps of it. Everything else is for its keeper (the circle, when that is a partnership) until it is released.

| kind | kept by | part of | weighty |
| --- | --- | --- | --- |
"""  # noqa: E501 - Markdown, a paragraph a line


def page() -> str:
    """The whole page."""
    return HEAD + "".join(_rows())


def _rows() -> Iterator[str]:
    from amity.record import kinds

    for kind in sorted(kinds.kinds(), key=lambda one: one.kind):
        keeping = kind.keeping
        kept_by = keeping.kept_by.value + (f" (`{keeping.side}`)" if keeping.side else "")
        part_of = " or ".join(f"`{name}`" for name in keeping.part_of)
        weighty = ", ".join(f"`{name}`" for name in keeping.weighty)
        yield f"| {kind.kind} | {kept_by} | {part_of or '–'} | {weighty or '–'} |\n"


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(page())
