"""Rows that become contributions to the sessions of a gathering."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from amity.desk.finding.choosing import Suggestion
from amity.desk.forms.fields import MomentField
from amity.desk.pasting.actors import Actors, label
from amity.desk.pasting.choices import chosen, language
from amity.desk.pasting.columns import folded
from amity.desk.pasting.rows import Reading, settle, versions_of
from amity.gatherings.choices import ContributionKind
from amity.gatherings.models import Contribution, Session, Speaker
from amity.record.actions import New

BETWEEN_SPEAKERS = re.compile(r"\s*[;\n]\s*")
CLOCK = re.compile(
    r"(?:(?P<day>\d{4}-\d\d-\d\d)[ T])?(?P<hour>\d{1,2})\s*[:.hч]\s*(?P<minute>\d\d)\Z"
)
DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
UNTIL = re.compile(r"\s*[-–—]\s*(?=\d{1,2}\s*[:.hч])")


@dataclass(slots=True)
class Programme:
    """The sessions into which contributions go, what stands in them, and the clocks they go by."""

    sessions: Sequence[Session]
    standing: Sequence[Contribution]
    zone: str
    actors: Actors
    seen: dict[str, int] = field(default_factory=dict)

    def read(self, reading: Reading) -> None:
        """A row of contributions, with their speakers."""
        title = reading.text("title")
        if title is None:
            reading.row.faults.append(_("The title is missing."))
            return settle(reading.row, None)
        session = self._session(reading)
        if session is None:
            return settle(reading.row, None)
        above = self.seen.setdefault(
            f"{session.pk}:{folded(versions_of(title)[0])}", reading.row.number
        )
        main = reading.which(
            "contribution",
            label(Contribution, "title"),
            versions_of(title),
            [
                Suggestion("contribution", one.key, one.title)
                for one in self.standing
                if one.session_id == session.pk
            ],
            again=above if above != reading.row.number else 0,
        )
        speakers = self._speakers(reading)
        starts, ends = self._times(reading, session)
        kinds, spoken = label(Contribution, "kind"), label(Contribution, "language")
        contribution = Contribution(
            dossier=session.dossier,
            session=session,
            title=title,
            kind=reading.read(
                kinds,
                lambda: chosen(
                    ContributionKind, reading.words("kind"), ContributionKind.PRESENTATION
                ),
            )
            or ContributionKind.PRESENTATION,
            abstract=reading.text("abstract"),
            language=reading.read(spoken, lambda: language(reading.words("language"))) or "",
            starts_at=starts,
            ends_at=ends,
        )
        reading.check(contribution)
        reading.row.new.append(New(contribution, {"speakers": speakers}))
        return settle(reading.row, main)

    def _session(self, reading: Reading) -> Session | None:
        words = reading.words("session")
        if len(self.sessions) == 1 and not words:
            return self.sessions[0]
        if not words:
            reading.row.faults.append(_("Say in which session: a column of its own."))
            return None
        among = [Suggestion("session", one.key, one.title) for one in self.sessions]
        where = label(Contribution, "session")
        asked = reading.which("session", where, [words], among, may_be_new=False)
        return next((one for one in self.sessions if one.key == asked.answer), None)

    def _speakers(self, reading: Reading) -> list[Speaker]:
        where = str(Speaker._meta.verbose_name)
        where = where[:1].upper() + where[1:]
        organization = self.actors.organization(reading)
        speakers: list[Speaker] = []
        for words in filter(None, BETWEEN_SPEAKERS.split(reading.words("speakers"))):
            person = self.actors.person(reading, where, words, reading.asked.language)
            if person is not None:
                place = len(speakers) + 1
                speakers.append(Speaker(person=person, organization=organization, position=place))
        return speakers

    def _times(self, reading: Reading, session: Session) -> tuple[datetime | None, datetime | None]:
        first, *rest = UNTIL.split(reading.words("starts_at"), maxsplit=1)
        last = reading.words("ends_at") or "".join(rest)
        begins, ends = label(Contribution, "starts_at"), label(Contribution, "ends_at")
        said = CLOCK.match(first)
        day = (said["day"] if said else "") or self._day(session)
        return (
            reading.read(begins, lambda: self._moment(first, day)),
            reading.read(ends, lambda: self._moment(last, day)),
        )

    def _moment(self, words: str, day: str) -> datetime | None:
        """A time of the clock on a day, or with a day of its own."""
        if not words:
            return None
        found = CLOCK.match(words.strip())
        if found is None:
            raise ValidationError(_("Expected a time, such as 09:30 or 2026-10-05 09:30."))
        day = found["day"] or day
        if not day:
            raise ValidationError(
                _("The day of the session is not known; write it with the time: 2026-10-05 09:30.")
            )
        moment = f"{day}T{int(found['hour']):02}:{found['minute']}"
        return self._field.clean(moment)

    def _day(self, session: Session) -> str:
        if session.starts_at is not None:
            return str(self._field.prepare_value(session.starts_at))[:10]
        for when in (session.when, session.gathering.when):
            if when is not None and when.edtf and DAY.match(when.edtf):
                return when.edtf
        return ""

    @property
    def _field(self) -> MomentField:
        columns = Contribution._meta.concrete_fields
        return MomentField(
            next(one for one in columns if one.name == "starts_at"), self.zone, asks=False
        )
