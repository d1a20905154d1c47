"""Setting until when sides answer what is proposed at a gathering."""

from amity.record.models import Entry
from amity.turns.models import AnswerTerm
from amity.turns.schedule import NO_TERM, Term


def set_term(gathering: Entry, term: Term) -> None:
    """Keep a term, or none; call it in the transaction of what is noted of it."""
    rows = AnswerTerm.objects.filter(gathering=gathering)
    if term == NO_TERM:
        rows.delete()
    else:
        values = {"days": term.days, "until": term.until}
        AnswerTerm.objects.update_or_create(gathering=gathering, defaults=values)
