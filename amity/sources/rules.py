"""Rules between records about what was published."""

from collections.abc import Iterator

from amity.record.folder_rules import Broken, Record, Records

LONGEST_QUOTATION = 8
"""Words: short enough to be evidence and not a copy."""


def translates_an_original(record: Record, records: Records) -> Iterator[Broken]:
    """A translation names the original piece, never another translation, in another language."""
    key = record.get("translation_of")
    original = records.find("article", key) if key is not None else None
    if original is None:
        return
    if "translation_of" in original:
        yield Broken(
            "translation_of",
            f"{key} is itself a translation; expected the original, {original['translation_of']}",
        )
    if original["language"] == record["language"]:
        yield Broken(
            "translation_of",
            f"{key} is in the same language, {record['language']}; expected a piece in another",
        )


def quotes_little(record: Record, records: Records) -> Iterator[Broken]:
    """A quotation is at most eight words."""
    count = len(record.get("quotation", "").split())
    if count > LONGEST_QUOTATION:
        yield Broken(
            "quotation", f"{count} words; expected at most {LONGEST_QUOTATION}, as evidence"
        )
