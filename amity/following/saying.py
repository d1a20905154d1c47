"""What changed, in words."""

from collections.abc import Iterator

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amity.following.events import Event, Group, Told
from amity.followup.choices import Completion, Outcome, Verdict
from amity.foundation.dates.as_said import DateAsSaid
from amity.foundation.dates.said import in_words
from amity.foundation.differences import FieldChange
from amity.foundation.models import Effect
from amity.foundation.pages.formatting import day as day_in_words
from amity.foundation.pages.formatting import number
from amity.foundation.words.typography import labelled, within_quotes
from amity.gatherings.jinja import capital
from amity.languages.jinja import plain
from amity.record import kinds
from amity.record.titles import titled

STATES: dict[str, type[models.TextChoices]] = {
    "answer": Verdict,
    "disposition": Outcome,
    "report": Completion,
    "review": Completion,
}
"""Kind → the words for the state it tells of."""
FIELDS = 4
"""How many changed fields are named."""


def title_of_feed(title: str) -> str:
    """What the feed of one thing is called."""
    return _("Amity: what changed about “%(title)s”") % {"title": within_quotes(title)}


def title_of_deadlines(title: str) -> str:
    """What the calendar of the deadlines of one thing is called."""
    return labelled(_("Deadlines"), title)


def event_title(event: Event) -> str:
    """What an entry is called: the one record that changed, or what was loaded."""
    if (only := event.only) is not None:
        return f"{told_words(only)}: {plain(only.entry.title)}"
    if event.dossier is not None:
        return plain(event.dossier.title)
    first = event.groups[0]
    return plain(first.told[0].entry.title) if first.told else group_title(first)


def effect_words(effect: Effect, kind: str) -> str:
    """What became of a record of a kind: “Report: added”."""
    return _("%(kind)s: %(effect)s") % {
        "kind": capital(str(kinds.get(kind).label)),
        "effect": Effect(effect).label,
    }


def told_words(told: Told) -> str:
    """What became of one record; of one that is new, what it says: “Lindholm reports: limited”."""
    if told.effect in (Effect.ADDED, Effect.RELEASED):
        whom, state = plain(told.known.whom), _state(told)
        match told.entry.kind:
            case "report":
                words = _("%(side)s reports: %(completion)s")
                return words % {"side": whom, "completion": state}
            case "answer":
                return _("%(side)s answers: %(verdict)s") % {"side": whom, "verdict": state}
            case "review":
                words = _("%(reviewer)s reviews: %(completion)s")
                return words % {"reviewer": whom, "completion": state}
            case "disposition":
                return _("Decision: %(outcome)s") % {"outcome": state}
    return effect_words(told.effect, told.entry.kind)


def _state(told: Told) -> str:
    choices = STATES.get(told.entry.kind)
    return str(choices(told.known.state).label) if choices and told.known.state else ""


def group_title(group: Group) -> str:
    """What became of several: “Reports: added (3)”."""
    known = kinds.get(group.kind)
    words = known.plural_label if group.total > 1 else known.label
    return _("%(kind)s: %(effect)s") % {
        "kind": capital(str(words)),
        "effect": Effect(group.effect).label,
    }


def counted_words(event: Event) -> str:
    """How many records became what: “12 added, 3 changed”."""
    return ", ".join(_counted(effect, count) for effect, count in event.totals)


def _counted(effect: Effect, count: int) -> str:
    shown = {"shown": number(count)}
    match effect:
        case Effect.ADDED:
            return ngettext("%(shown)s added", "%(shown)s added", count) % shown
        case Effect.CHANGED:
            return ngettext("%(shown)s changed", "%(shown)s changed", count) % shown
        case Effect.RENAMED:
            return ngettext("%(shown)s renamed", "%(shown)s renamed", count) % shown
        case Effect.RELEASED:
            return ngettext("%(shown)s made public", "%(shown)s made public", count) % shown
        case Effect.WITHDRAWN:
            words = ngettext("%(shown)s no longer public", "%(shown)s no longer public", count)
            return words % shown
        case Effect.CONFIRMED:
            return ngettext("%(shown)s confirmed", "%(shown)s confirmed", count) % shown
        case Effect.DISPUTED:
            return ngettext("%(shown)s disputed", "%(shown)s disputed", count) % shown
        case Effect.CLEARED:
            words = ngettext("%(shown)s dispute withdrawn", "%(shown)s disputes withdrawn", count)
            return words % shown
        case Effect.REMOVED:
            return ngettext("%(shown)s removed", "%(shown)s removed", count) % shown


def event_day(told: Told) -> str:
    """The day of what a record tells of, in words; empty where it has none."""
    day = told.known.day
    if day is None:
        return ""
    return in_words(day) if isinstance(day, DateAsSaid) else day_in_words(day)


def fields_words(told: Told) -> str:
    """What changed in a record: the names of its fields, with the new value of a chosen one."""
    if told.effect != Effect.CHANGED:
        return ""
    model = kinds.get(told.entry.kind).model
    words = list(dict.fromkeys(_fields(model, told.paths)))
    more = len(words) - FIELDS
    shown = ", ".join(words[:FIELDS])
    if more > 0:
        return ngettext("%(fields)s and %(more)s more", "%(fields)s and %(more)s more", more) % {
            "fields": shown,
            "more": number(more),
        }
    return shown


def told_line(told: Told) -> str:
    """A record that changed in one line of plain text."""
    own = told.entry
    words = [titled(own.title, invented=own.dossier.fictional), event_day(told), fields_words(told)]
    return " · ".join(filter(None, words))


def _fields(model: type[models.Model], paths: tuple[FieldChange, ...]) -> Iterator[str]:
    for path in paths:
        name = str(path.path[0]) if path.path else ""
        column = model._meta.get_field(name) if name else None
        if isinstance(column, models.ForeignObjectRel):
            yield str(column.related_model._meta.verbose_name_plural)
        elif isinstance(column, models.Field):
            label = str(column.verbose_name)
            one = path.after if path.path == (name,) and isinstance(path.after, str | int) else None
            value = dict(column.flatchoices).get(one)
            yield _("%(label)s: %(value)s") % {"label": label, "value": value} if value else label
