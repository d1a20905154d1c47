"""A folder meets a record that was edited since: every combination, field by field."""

from itertools import product

import pytest

from amity.dossier.comparing.marks import digests, parts
from amity.dossier.comparing.merging import Clash, Prefer, Sides, merge, unchanged
from amity.followup.models import Commitment
from amity.foundation.differences import JSON, Plain
from amity.languages.saving import as_saved, linked_up
from amity.languages.text import Text
from amity.languages.written import text_from_form

VALUES = (None, "one", "two", "three")
EVERY = list(product(VALUES, repeat=3))


def text(**words: str) -> JSON:
    """A text as a folder says it."""
    stored: JSON = text_from_form(words).to_json()
    return stored


def kept(**words: str) -> JSON:
    """The same as the record keeps it."""
    stored: JSON = as_saved(text_from_form(words), None).to_json()
    return stored


def met(folder: Plain, record: Plain, before: Plain, prefer: Prefer | None = None):
    """What comes of a folder that said `before` and says `folder` now, and of the record."""
    mark = digests(parts(Commitment, before, ""))
    return merge(Sides(Commitment, folder, record, mark), prefer)


def state(value: JSON) -> Plain:
    return {} if value is None else {"grade": value}


@pytest.mark.parametrize(("before", "folder", "record"), EVERY)
def test_every_combination_of_a_field(before: JSON, folder: JSON, record: JSON) -> None:
    merged = met(state(folder), state(record), state(before))
    if folder in (before, record):
        assert (merged.state, merged.taken, merged.clashes) == (state(record), [], [])
    elif record == before:
        assert (merged.state, merged.taken, merged.clashes) == (state(folder), ["grade"], [])
    else:
        assert merged.clashes == [Clash("grade", folder, record)]
        for prefer, wanted in ((Prefer.FOLDER, folder), (Prefer.RECORD, record)):
            decided = met(state(folder), state(record), state(before), prefer)
            assert (decided.state, decided.clashes) == (state(wanted), [])


@pytest.mark.parametrize(("before", "folder", "record"), EVERY)
def test_every_combination_of_a_language(before: str, folder: str, record: str) -> None:
    def said(words: str | None, form=text) -> Plain:
        versions = {"en": "Words"} if words is None else {"en": "Words", "vi": words}
        return {"title": form(**versions)}

    merged = met(said(folder), said(record, kept), said(before))
    if folder in (before, record):
        assert (merged.taken, merged.clashes) == ([], [])
        assert merged.state == said(record, kept)
    elif record == before:
        assert (merged.taken, merged.clashes) == (["title.vi"], [])
        assert linked_up(merged.state["title"], None) == said(folder, kept)["title"]
    else:
        assert [clash.path for clash in merged.clashes] == ["title.vi"]


def test_languages_that_each_changed_alone_come_together() -> None:
    before = {"title": text(en="A school", vi="Một trường", ru="Школа")}
    folder = {"title": text(en="Two schools", vi="Một trường", ru="Школа")}
    record = {"title": kept(en="A school", vi="Một ngôi trường", ru="Школа")}
    merged = met(folder, record, before)
    assert merged.taken == ["title.en"]
    found = linked_up(merged.state["title"], record["title"])  # type: ignore[arg-type] # texts
    saved = Text.from_json(found)
    assert {tag: saved.versions[tag].words for tag in saved.tags} == {
        "en": "Two schools",
        "ru": "Школа",
        "vi": "Một ngôi trường",
    }
    assert [tag for tag in saved.tags if saved.is_stale(tag)] == ["ru", "vi"]


def test_that_a_translation_is_outdated_by_itself_is_no_change_of_the_record() -> None:
    before = {"title": text(en="A school", vi="Một trường")}
    old = as_saved(text_from_form({"en": "A school", "vi": "Một trường"}), None)
    stale = as_saved(text_from_form({"en": "Two schools", "vi": "Một trường"}), old)
    record: Plain = {"title": stale.to_json()}
    folder = {"title": text(en="Three schools", vi="Một trường")}
    assert [clash.path for clash in met(folder, record, before).clashes] == ["title.en"]
    again = {"title": text(en="Two schools", vi="Một trường")}
    assert met(again, record, before).taken == []
    mark = digests(parts(Commitment, again, ""))
    assert unchanged(Sides(Commitment, {}, record, mark))


def test_who_reads_a_record_is_a_part_of_what_is_said() -> None:
    mark = digests(parts(Commitment, {}, "circle"))
    merged = merge(Sides(Commitment, {}, {}, mark, "", "circle"), None)
    assert (merged.taken, merged.audience) == (["audience"], "")
    merged = merge(Sides(Commitment, {}, {}, mark, "circle", ""), None)
    assert (merged.taken, merged.audience) == ([], "")
