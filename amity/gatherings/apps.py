from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "amity.gatherings"
    label = "gatherings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the kinds of records of this room."""
        from amity.gatherings import checks, models
        from amity.gatherings.keeping import KEEPING
        from amity.gatherings.sections import register_sections
        from amity.record import checks as between
        from amity.record.checks import Check
        from amity.record.kinds import Kind, register
        from amity.record.registration.searched import Searched
        from amity.sources.said import dates_heard

        register(
            Kind(
                "series",
                "series",
                models.Series,
                name=("name",),
                page="gatherings:series",
                keeping=KEEPING["series"],
                searched=Searched(("name",), ("summary",)),
            ),
            Kind(
                "gathering",
                "gatherings",
                models.Gathering,
                name=("title",),
                page="gatherings:gathering",
                checks=(
                    Check(between.no_circle("within")),
                    Check(checks.days_heard, follows=("within", "statements")),
                ),
                keeping=KEEPING["gathering"],
                happened="when",
                searched=Searched(("title",), ("summary", "venue", "occasion"), ("when",)),
            ),
            Kind(
                "room",
                "rooms",
                models.Room,
                name=("name",),
                shown_on=("gathering",),
                keeping=KEEPING["room"],
            ),
            Kind(
                "session",
                "sessions",
                models.Session,
                name=("title",),
                page="gatherings:session",
                checks=(
                    Check(checks.around_the_gathering, follows=("gathering",)),
                    Check(between.same_owner("room", "gathering", "gathering"), follows=("room",)),
                    Check(checks.times_heard, follows=("gathering",)),
                ),
                keeping=KEEPING["session"],
                happened="when",
                searched=Searched(
                    ("title",), ("summary",), ("starts_at", "when", "gathering.when")
                ),
            ),
            Kind(
                "contribution",
                "contributions",
                models.Contribution,
                name=("title",),
                page="gatherings:contribution",
                checks=(Check(checks.during_the_session, follows=("session",)),),
                keeping=KEEPING["contribution"],
                searched=Searched(
                    ("title",),
                    ("abstract",),
                    ("starts_at", "session.starts_at", "session.gathering.when"),
                ),
            ),
            Kind(
                "statement",
                "statements",
                models.Statement,
                name=("text",),
                shown_on=("session", "gathering"),
                checks=(
                    Check(
                        between.same_owner("session", "gathering", "gathering"),
                        follows=("session",),
                    ),
                    Check(checks.statements_heard, follows=("gathering", "session")),
                ),
                keeping=KEEPING["statement"],
                happened="when",
                searched=Searched((), ("text", "words"), ("when", "gathering.when")),
            ),
            Kind(
                "panel",
                "panels",
                models.Panel,
                name=("title",),
                shown_on=("exhibition",),
                checks=(Check(checks.of_an_exhibition, follows=("exhibition",)),),
                keeping=KEEPING["panel"],
            ),
            Kind(
                "work",
                "works",
                models.Work,
                name=("title",),
                shown_on=("exhibition",),
                checks=(
                    Check(checks.of_an_exhibition, follows=("exhibition",)),
                    Check(
                        between.same_owner("panel", "exhibition", "exhibition"),
                        follows=("panel",),
                    ),
                    Check(
                        dates_heard("work", "made", rests_on=(("gathering", "exhibition__key"),)),
                        follows=("exhibition",),
                    ),
                ),
                keeping=KEEPING["work"],
                searched=Searched(("title",), ("caption",), ("made", "exhibition.when")),
            ),
        )
        register_sections()
