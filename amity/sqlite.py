"""Which SQLite library this process uses, and whether it is safe to write with.

SQLite before 3.51.3 carries the WAL-reset bug: when one connection checkpoints and resets the
write-ahead log while another writes, pages of the log can be lost and the database corrupted
(https://www.sqlite.org/wal.html#walresetbug). Where the interpreter's own library is older,
`pysqlite3`, which bundles a newer one, takes its place before Django imports `sqlite3`.
"""

import sqlite3
import sys

SAFE_SINCE = (3, 51, 3)


def use_a_safe_library() -> None:
    """Put `pysqlite3` in the place of `sqlite3` when the interpreter's library is too old.

    Does nothing when the library is new enough or `pysqlite3` is not installed (it has wheels
    for Linux on x86-64, and none for Linux on Arm); the system check then names what is wrong.
    """
    if sqlite3.sqlite_version_info >= SAFE_SINCE:
        return
    try:
        import pysqlite3
        from pysqlite3 import dbapi2
    except ImportError:
        return
    if pysqlite3.sqlite_version_info > sqlite3.sqlite_version_info:
        sys.modules["sqlite3"] = pysqlite3
        sys.modules["sqlite3.dbapi2"] = dbapi2


def version() -> tuple[int, int, int]:
    """Version of the library that Django's SQLite backend gets when it imports `sqlite3`."""
    return sys.modules["sqlite3"].sqlite_version_info
