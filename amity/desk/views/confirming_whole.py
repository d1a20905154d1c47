"""A record with all that the sides keep together of it, such as a whole gathering: read, confirmed,
objected to and agreed to on one page, all of it or nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from amity.accounts.signed_in import DeskRequest, desk_page
from amity.desk import queries
from amity.desk.actions import LONGEST_NOTE, as_typed
from amity.desk.contexts import WholePage
from amity.desk.shown import ToConfirm
from amity.desk.telling import Telling
from amity.desk.ticks import MOST_TICKED, tick_in
from amity.desk.views.to_confirm import with_fields
from amity.desk.waiting import asked_beside, released_by, to_confirm
from amity.foundation.pages.asked import whole_number
from amity.foundation.pages.context import show
from amity.foundation.pages.speaking import page_language
from amity.languages import codes
from amity.languages.text import Text
from amity.languages.version import Version
from amity.record import actions as writing
from amity.record import kinds, rules
from amity.record.kinds import Kind
from amity.record.models import Entry, Recorded
from amity.record.queries import visible_to


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was answered to a whole: the records that were `ticked`, as they were read, the
    numbers of what was `agreed` to, objections by kind and key, the languages it was read in."""

    ticked: tuple[str, ...] = ()
    agreed: tuple[int, ...] = ()
    objections: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page
def whole(request: DeskRequest, plural: str, key: str) -> HttpResponse:
    """A record with all that the sides keep together of it, to be read and answered as one."""
    kind, acting = queries.kind_or_404(plural), request.at_desk.acting
    record = queries.record_or_404(acting, kind, key)
    if not rules.is_joint(record) or record.keeper not in acting.partnerships:
        raise Http404(key)
    entries = list(queries.whole_of(acting, kind, record))
    entries += asked_beside(acting, kind, key, [entry.pk for entry in entries])
    if request.method != "POST":
        return _whole(request, kind, record, entries, _Answer())
    answer = _answer(request, entries)
    try:
        with transaction.atomic():
            told = _take(request, entries, answer)
    except writing.Stopped as error:
        return _whole(request, kind, record, entries, answer, error.messages)
    for said in told:
        messages.success(request, said)
    if not told:
        messages.error(request, _("Nothing was ticked."))
    return redirect("desk_confirm_whole", plural, key)


def _answer(request: DeskRequest, entries: Sequence[Entry]) -> _Answer:
    sent = request.POST
    objections = {
        f"{entry.kind}:{entry.key}": sent.get(f"objection:{entry.kind}:{entry.key}", "").strip()
        for entry in entries
    }
    return _Answer(
        ticked=tuple(sent.getlist("ticked")[:MOST_TICKED]),
        agreed=tuple(filter(None, map(whole_number, sent.getlist("agreed")[:MOST_TICKED]))),
        objections={name: words for name, words in objections.items() if words},
        languages=tuple(one for one in sent.getlist("language")[:40] if codes.is_valid(one)),
    )


def _take(request: DeskRequest, entries: Sequence[Entry], answer: _Answer) -> list[str]:
    """Confirm, agree and object as was answered; says what was done.

    Raises Stopped, which names the record; then nothing of it may stay.
    """
    acting = request.at_desk.acting
    languages = answer.languages or (page_language(),)
    known = {f"{entry.kind}:{entry.key}" for entry in entries}
    confirmed = 0
    for name, revision, key in filter(None, map(tick_in, answer.ticked)):
        kind = kinds.get(name)
        found = visible_to(acting, kind.model).filter(key=key).first()
        if found is None or f"{name}:{key}" not in known:
            continue
        with writing.naming(kind, key):
            if f"{name}:{key}" in answer.objections:
                raise ValidationError(_("Tick it or object to it, not both."))
            found.revision = revision
            writing.confirm(acting, found, languages)
        confirmed += 1
    for named, words in answer.objections.items():
        name, _colon, key = named.partition(":")
        kind = kinds.get(name)
        record = queries.record_or_404(acting, kind, key)
        with writing.naming(kind, key):
            reasons = as_typed(words, LONGEST_NOTE)
            tag = page_language()
            writing.dispute(acting, record, Text(tag, {tag: Version(reasons)}))
            Telling(request.at_desk, kind, record).disputed(reasons)
    fields = [one for one in released_by(acting, entries) if one.pk in answer.agreed]
    writing.agree_together(acting, fields, languages)
    told = []
    if confirmed:
        said = ngettext("%(count)s confirmed.", "%(count)s confirmed.", confirmed)
        told.append(said % {"count": confirmed})
    if answer.objections:
        told.append(_("Disputed: whoever reads the record reads your reasons."))
    if fields:
        said = ngettext(
            "We agree that everybody reads %(count)s record.",
            "We agree that everybody reads %(count)s records.",
            len(fields),
        )
        told.append(said % {"count": len(fields)})
    return told


def _whole(
    request: DeskRequest,
    kind: Kind,
    record: Recorded,
    entries: Sequence[Entry],
    answer: _Answer,
    problems: Sequence[str] = (),
) -> HttpResponse:
    acting = request.at_desk.acting
    waits = to_confirm(acting, own=True).filter(pk__in=[entry.pk for entry in entries])
    asked = {one.change.entry_id: one.pk for one in released_by(acting, entries)}
    ticked = {f"{one.kind}:{one.key}" for one in filter(None, map(tick_in, answer.ticked))}
    rows = tuple(
        replace(
            row,
            asked=asked.get(entry.pk),
            agrees=asked.get(entry.pk) in answer.agreed,
            on=f"{entry.kind}:{entry.key}" in ticked,
            objection=answer.objections.get(f"{entry.kind}:{entry.key}", ""),
        )
        for entry, row in zip(
            entries,
            with_fields(acting, entries, set(waits.values_list("pk", flat=True))),
            strict=True,
        )
    )
    page = WholePage(
        kind=kind,
        record=record,
        name=next((entry.title for entry in entries[:1]), None),
        rows=rows,
        waiting=sum(one.waits for one in rows),
        asked=len(asked),
        more=len(entries) == queries.MOST_OF_A_WHOLE,
        parts=tuple(part for part in queries.parts_within(acting, kind, record) if part.entries),
        languages=_languages_in(rows),
        read_in=frozenset(answer.languages or (page_language(),)),
        problems=tuple(problems),
        may_confirm=rules.may_confirm(acting, record.keeper),
        fictional=record.dossier.fictional,
        noindex=True,
    )
    return show(request, page, status=422 if problems else 200)


def _languages_in(rows: Iterable[ToConfirm]) -> tuple[tuple[str, str], ...]:
    """The languages in which anything stands here, the reader's first."""
    own = page_language()
    tags = sorted({tag for row in rows for tag in row.tags}, key=lambda tag: (tag != own, tag))
    return tuple((tag, codes.display_name(tag, own)) for tag in tags)
