"""Writes that begin at once, each with a connection of its own."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread

from django.db import connection


def race(writes: Sequence[Callable[[], object]]) -> list[object]:
    """What came of each write: what it gave, or the error that it raised."""
    found: list[object] = [None] * len(writes)
    line = Barrier(len(writes))

    def run(number: int) -> None:
        try:
            line.wait()
            found[number] = writes[number]()
        except Exception as error:
            found[number] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number,)) for number in range(len(writes))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
