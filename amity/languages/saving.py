"""What saving a text does to its versions: nobody writes by hand what a translation was made from.

A version whose `made_from` has no digest yet says: made from that version as it stood when this
one last changed. So a version that is saved with new words was made from the source as it stands
now; one that keeps its words keeps its link, and is outdated by itself once the source differs.

The rule is on a text's JSON (`Text.to_json`), in which thousands of records are loaded.
"""

from amity.languages.staleness import Stored, words_digest
from amity.languages.text import Text

UNSAID = ""
"""The digest of a link that is to be found out when the text is saved."""
UNKNOWN = "0" * 64
"""The digest of words that nobody knows any more: what was made from them is outdated."""


def as_saved(text: Text, before: Text | None) -> Text:
    """The text with every link found out. `before`: the text in whose place it is saved."""
    stored = text.to_json()
    linked = linked_up(stored, before.to_json() if before is not None else None)
    return text if linked is stored else Text.from_json(linked)


def linked_up(text: Stored, before: Stored | None) -> Stored:
    """The same for the JSON of both; gives `text` itself where every link is known."""
    versions: dict[str, Stored] = text["versions"]
    old: Stored = before["versions"] if before else {}
    found = {
        tag: _linked(version, versions, old.get(tag))
        for tag, version in versions.items()
        if "made_from" in version and not version["made_from"]["digest"]
    }
    return {**text, "versions": {**versions, **found}} if found else text


def _linked(version: Stored, versions: Stored, before: Stored | None) -> Stored:
    tag = version["made_from"]["tag"]
    was = before.get("made_from") if before and before["words"] == version["words"] else None
    if was is not None and was["tag"] == tag:
        return {**version, "made_from": was}
    if tag not in versions:
        return {name: value for name, value in version.items() if name != "made_from"}
    digest = words_digest(versions[tag]["words"])
    return {**version, "made_from": {"tag": tag, "digest": digest}}
