"""What is wrong with a database, in one line that says what to do."""

from collections.abc import Mapping

SQLITE: Mapping[str, str] = {
    "database is locked": "another program is writing to it; try again when that has ended",
    "database or disk is full": "its disk is full; make room",
    "disk image is malformed": "its file is damaged; bring back a backup",
    "file is not a database": "its file is no database; bring back a backup, or name another file",
    "readonly database": "its file may not be written; give the right to the user of the service",
    "disk i/o error": "its disk does not answer",
    "unable to open database file": "its file cannot be opened",
}
"""What SQLite says, in small letters → what it means."""

POSTGRESQL: Mapping[str, str] = {
    "08": "the connection broke off; nothing was changed since",
    "25006": "it is read only",
    "40": "another program was writing the same; try again",
    "53100": "its disk is full; make room",
    "53": "it has no room for more; try again",
    "55P03": "another program is writing to it; try again when that has ended",
    "57": "it was told to stop",
    "58": "its disk does not answer",
    "XX001": "its files are damaged; bring back a backup",
    "XX002": "its files are damaged; bring back a backup",
}
"""Codes of PostgreSQL's errors, or how they begin → what they mean."""


def words_for(error: Exception) -> str:
    """What an error of the database means; empty where it is no trouble but a mistake of ours."""
    code = getattr(error.__cause__, "sqlstate", None)
    if code is not None:
        return next((POSTGRESQL[code[:n]] for n in (5, 2) if code[:n] in POSTGRESQL), "")
    said = str(error).lower()
    return next((words for part, words in SQLITE.items() if part in said), "")
