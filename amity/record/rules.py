"""Who may do what with a record; nothing else is here. Each rule has its like as a queryset.

The words are those of the design: who keeps a record may change it, who stands in its readers may
read it, and what every side has confirmed changes when every side agrees.
"""

from django.db.models import F, Q

from amity.record.acting import Acting, RegisterKey
from amity.record.choices import Mandate
from amity.record.models import Recorded

WRITING = frozenset({Mandate.OFFICER, Mandate.EDITOR})
RELEASING = frozenset({Mandate.OFFICER})
AGREEING = frozenset({Mandate.OFFICER, Mandate.SIGNATORY})


def may_read(acting: Acting, record: Recorded) -> bool:
    """Whether the record's readers include whoever acts."""
    return record.readers in acting.readers


def readable(acting: Acting, path: str = "") -> Q:
    """The records that `may_read` allows, or the rows whose record at `path` it allows."""
    return Q(**{f"{path}__readers__in" if path else "readers__in": acting.readers})


def writes(acting: Acting) -> bool:
    """Whether whoever acts writes anything at all: for an office somebody vouches for."""
    return acting.vouched and bool(acting.office) and bool(WRITING & acting.mandates)


def keeps(acting: Acting, keeper: RegisterKey) -> bool:
    """Whether `keeper` is whoever acts, or they are one of it; what is common all keep."""
    return not keeper or keeper in acting.keeps


def may_change(acting: Acting, record: Recorded) -> bool:
    """Whether the record, apart from its weighty fields, may be changed.

    What a side has released it changes by a new release.
    """
    may = writes(acting) and keeps(acting, record.keeper)
    return may and (not is_released(record) or speaks(acting, record.keeper))


def changeable(acting: Acting) -> Q:
    """The records that `may_change` allows."""
    if not writes(acting):
        return Q(pk__in=())
    silent = {one.side for one in acting.sides if not speaks(acting, one.side)}
    own = Q(keeper__in=(acting.keeps | {""}) - silent)
    return own | Q(keeper__in=acting.keeps & silent, readers=F("keeper"))


def is_released(record: Recorded) -> bool:
    """Whether others than the side that keeps the record read it."""
    return record.keeper.startswith("side:") and record.readers != record.keeper


def is_joint(record: Recorded) -> bool:
    """Whether all sides of a partnership keep the record together."""
    return record.keeper.startswith("partnership:")


def may_change_all(acting: Acting, record: Recorded) -> bool:
    """Whether weighty fields may be changed too, while not every side has confirmed.

    What is joint and unconfirmed is changed, released and withdrawn by the office that began it.
    """
    return may_change(acting, record) and (not is_joint(record) or record.begun_by == acting.office)


def may_release(acting: Acting, record: Recorded) -> bool:
    """Whether whoever acts may say who reads the record."""
    return speaks(acting, record.keeper) and may_change_all(acting, record)


def speaks(acting: Acting, keeper: RegisterKey) -> bool:
    """Whether whoever acts has the mandate, and the voice of the keeper, to say who reads it."""
    return bool(RELEASING & acting.mandates) and is_voice(acting, keeper)


def is_voice(acting: Acting, keeper: RegisterKey) -> bool:
    """Whether whoever acts is the voice of the keeper, where that is a side or a partnership."""
    sides = [one for one in acting.sides if keeper in (one.side, one.partnership)]
    return not sides or any(one.voice for one in sides)


def may_confirm(acting: Acting, partnership: RegisterKey) -> bool:
    """Whether whoever acts confirms for a side of the partnership, as its voice."""
    return bool(AGREEING & acting.mandates) and bool(acting.voices(partnership))


def may_dispute(acting: Acting, record: Recorded) -> bool:
    """Whether whoever acts may dispute the record, or withdraw that, as the voice of a side."""
    return is_joint(record) and may_read(acting, record) and may_confirm(acting, record.keeper)
