"""What saving a text does to its versions: nobody writes by hand what a translation was made from.

A version whose `made_from` has no digest yet says: made from that version as it stood when this
one last changed. So a version that is saved with new words was made from the source as it stands
now; one that keeps its words keeps its link, and is outdated by itself once the source differs.
"""

from amity.languages.text import MadeFrom, Text, Version

UNSAID = ""
"""The digest of a link that is to be found out when the text is saved."""


def as_saved(text: Text, before: Text | None) -> Text:
    """The text with every link found out. `before`: the text in whose place it is saved."""
    if all(
        version.made_from is None or version.made_from.digest for version in text.versions.values()
    ):
        return text
    old = before.versions if before else {}
    versions = {tag: _linked(text, version, old.get(tag)) for tag, version in text.versions.items()}
    return Text(text.original, versions)


def _linked(text: Text, version: Version, before: Version | None) -> Version:
    link = version.made_from
    if link is None or link.digest:
        return version
    was = before.made_from if before is not None and before.words == version.words else None
    if was is not None and was.tag == link.tag:
        return _with(version, was)
    source = text.versions.get(link.tag)
    return _with(version, MadeFrom(link.tag, source.digest) if source else None)


def _with(version: Version, link: MadeFrom | None) -> Version:
    return Version(version.words, version.origin, version.reviewed_by, link, version.date)
