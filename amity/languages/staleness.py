"""Whether what a translation was made from has changed since, told by the digest of its words.

Here a version is JSON, as `Text.to_json` gives it: `{"words": …, "made_from": {"tag", "digest"}}`.
"""

import hashlib
from collections.abc import Mapping
from typing import Any, TypeAlias

Stored: TypeAlias = dict[str, Any]
"""A text, one of its versions or all of them by tag, as JSON."""

HOLDS = "holds"
"""In the database, beside the digest of what a translation was made from: that it is so still.

Nothing but the text itself can change that, so it is found out once, when the text is written,
and not each time when it is read: hashing was a tenth of a long page.
"""


def words_digest(words: str) -> str:
    """SHA-256 of `words` in UTF-8, in hexadecimal."""
    return hashlib.sha256(words.encode()).hexdigest()


def has_changed(made_from: Mapping[str, Any] | None, versions: Mapping[str, Any]) -> bool:
    """Whether the version something was made from has other words now, or is gone.

    `versions`: all versions of the text by tag. False where it was made from none, and where
    the digest is still to be found out, which is when the text is saved.
    """
    if made_from is None or HOLDS in made_from or not made_from["digest"]:
        return False
    source = versions.get(made_from["tag"])
    return source is None or words_digest(source["words"]) != made_from["digest"]


def for_column(stored: Stored) -> Stored:
    """What `Text.to_json` gave, as the database holds it: it says which digests hold."""
    versions = dict(stored["versions"])
    for tag, version in versions.items():
        made_from = version.get("made_from")
        if made_from is not None and not has_changed(made_from, versions):
            versions[tag] = {**version, "made_from": {**made_from, HOLDS: True}}
    return {**stored, "versions": versions}


def as_told(version: Stored) -> Stored:
    """A version of a stored text as `Text.to_json` gives it, without what only a column says."""
    made_from = version.get("made_from")
    if made_from is None or HOLDS not in made_from:
        return {"origin": "human", **version}
    link = {name: value for name, value in made_from.items() if name != HOLDS}
    return {"origin": "human", **version, "made_from": link}
