"""Asking the checks between records of what was written, and of what names it."""

from collections.abc import Iterator

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _

from amity.foundation.database.batches import batched
from amity.record import derived, kinds, rules
from amity.record.acting import Acting
from amity.record.checks import Broken
from amity.record.derived import Touched
from amity.record.kinds import Kind

from .write import Fault


def faults_of(
    acting: Acting, touched: Touched, borne: Touched, *, tells_all: bool
) -> Iterator[Fault]:
    """What the checks of all kinds have against written records and those that name them.

    `borne`: records that were not written, and rest on what was; they and those that name them are
    asked too.

    A record that whoever acts may not read stays nameless, unless `tells_all`.
    """
    for kind in kinds.kinds():
        written = set(touched.of(kind.kind))
        for check in kind.checks:
            numbers = written | set(borne.of(kind.kind))
            for path in check.follows:
                followed = derived.target(kind, path).kind
                for few in batched(sorted({*touched.of(followed), *borne.of(followed)})):
                    rows = kind.model.everything.filter(**{f"{path}__in": few})
                    numbers |= set(rows.values_list("pk", flat=True))
            for few in batched(sorted(numbers)):
                rows = kind.model.everything.filter(pk__in=few)
                for broken in check.ask(rows):
                    elsewhere = broken.record_pk not in written
                    yield _fault(acting, kind, broken, elsewhere=elsewhere, tells_all=tells_all)


def _fault(
    acting: Acting, kind: Kind, broken: Broken, *, elsewhere: bool, tells_all: bool
) -> Fault:
    record = kind.model.everything.get(pk=broken.record_pk)
    if tells_all or rules.may_read(acting, record):
        path, message = broken.field_path, str(broken.message)
        return Fault(kind.kind, record.key, path, message, elsewhere)
    words = _("A record that you may not read names this one, and would be wrong.")
    return Fault(kind.kind, "", NON_FIELD_ERRORS, words)
