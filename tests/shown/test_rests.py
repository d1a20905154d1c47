"""Who changes or removes a passage is told which words rested on it, and nothing is written."""

import pytest

from amity.followup.models import Commitment
from amity.record.acting import Acting
from amity.record.actions import remove, save
from amity.record.actions.write import Faulty
from amity.record.choices import Mandate
from amity.sources.models import Passage

pytestmark = pytest.mark.usefixtures("demonstrations")


@pytest.fixture
def passage() -> Passage:
    """The only one that holds the words of a promise of the real dossier."""
    for promise in Commitment.objects.exclude(grade_words=None).order_by("key"):
        if promise.dossier.fictional:
            continue
        about = [promise.key, *promise.statements.values_list("key", flat=True)]
        about += promise.proposals.values_list("statements__key", flat=True)
        spoken = Passage.objects.filter(claims__about__key__in=about).distinct()
        words = promise.grade_words.versions[promise.grade_words.original].words
        holding = [one for one in spoken if words.casefold() in one.quotation.casefold()]
        if len(holding) == 1:
            return holding[0]
    raise LookupError


def editors(passage: Passage) -> Acting:
    """The office that keeps the passage."""
    return Acting(
        command="test",
        office=passage.keeper,
        vouched=True,
        mandates=frozenset({Mandate.OFFICER}),
    )


def test_a_passage_keeps_the_words_that_rest_on_it(passage):
    before = passage.quotation
    passage.quotation = "demanderait autre chose"
    with pytest.raises(Faulty, match="is given as said"):
        save(editors(passage), passage)
    assert Passage.objects.get(pk=passage.pk).quotation == before


def test_a_passage_keeps_what_it_speaks_about_while_words_rest_on_it(passage):
    with pytest.raises(Faulty, match="is given as said"):
        save(editors(passage), passage, {"claims": []})
    assert passage.claims.count() > 0


def test_a_passage_on_which_words_rest_is_not_removed(passage):
    with pytest.raises(Faulty, match="is given as said"):
        remove(editors(passage), passage, "Not needed")
    assert Passage.objects.filter(pk=passage.pk).exists()


def test_a_passage_changes_where_the_words_stay(passage):
    passage.quotation = f"{passage.quotation} …"
    assert save(editors(passage), passage) is not None
