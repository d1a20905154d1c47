"""When a record last changed for its readers: it, or what follows from others in it."""

from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import OuterRef, Q, Subquery

from amity.foundation.models import Change
from amity.record.kinds import Kind


def changed_at(kind: Kind) -> Subquery:
    """The moment of the last change that the public reads in a record of a kind, or NULL.

    What is derived in it, such as a joint state from reports, changes with what it follows from.
    """
    own = Q(kind=kind.kind, key=OuterRef("key"))
    follows = [
        Q(kind=other, key__in=_keys_of(kind, path)) for other, path in kind.derived_from.items()
    ]
    rows = Change.objects.filter(reduce(or_, follows, own), public=True)
    return Subquery(rows.order_by("-at").values("at")[:1])


def changed_since(kind: Kind, moment: datetime) -> Q:
    """The condition that a record of a kind has changed at `moment` or later."""
    rows = Change.objects.filter(public=True, at__gte=moment)
    return reduce(
        or_,
        [
            Q(**{f"{path}__key__in": rows.filter(kind=other).values("key")})
            for other, path in kind.derived_from.items()
        ],
        Q(key__in=rows.filter(kind=kind.kind).values("key")),
    )


def _keys_of(kind: Kind, path: str) -> object:
    own = kind.model.everything.filter(pk=OuterRef(OuterRef("pk")))
    return own.values(f"{path}__key")
