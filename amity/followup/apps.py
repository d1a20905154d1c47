from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "amity.followup"
    label = "followup"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the kinds of records of this room, and its sections on the pages of others."""
        from amity.followup import actions, models
        from amity.followup.checks import dispositions, promises, words
        from amity.followup.keeping import KEEPING
        from amity.followup.queries import told
        from amity.followup.sections import register_sections
        from amity.gatherings.queries.told import tell
        from amity.record import checks as between
        from amity.record.checks import Check
        from amity.record.kinds import Kind, register
        from amity.record.registration.searched import Searched
        from amity.sources.said import dates_heard

        register_sections()
        tell(told.as_proposal)
        tell(told.as_commitment)
        in_the_gathering = Check(
            between.same_owner("session", "gathering", "gathering"), follows=("session",)
        )

        register(
            Kind(
                "proposal",
                "proposals",
                models.Proposal,
                name=("title",),
                page="followup:proposal",
                checks=(
                    in_the_gathering,
                    Check(words.proposals_heard, follows=("statements", "gathering", "session")),
                ),
                derive=actions.derive_proposals,
                derived_from={"answer": "answers", "disposition": "dispositions"},
                keeping=KEEPING["proposal"],
                numbered="P",
                happened="made",
                searched=Searched(
                    ("title",), ("text", "proposer_words", "addressee_words"), ("made",)
                ),
            ),
            Kind(
                "answer",
                "answers",
                models.Answer,
                name=("proposal.title",),
                shown_on=("proposal",),
                checks=(
                    Check(promises.answered_by_one_concerned, follows=("proposal", "side")),
                    Check(promises.chooses_an_alternative, follows=("proposal",)),
                    Check(
                        dates_heard("answer", "given", rests_on=(("proposal", "proposal__key"),)),
                        follows=("proposal",),
                    ),
                ),
                keeping=KEEPING["answer"],
                happened="given",
                searched=Searched((), ("reasons",), ("given",)),
            ),
            Kind(
                "commitment",
                "commitments",
                models.Commitment,
                name=("title",),
                page="followup:commitment",
                checks=(
                    in_the_gathering,
                    Check(promises.has_a_holder),
                    Check(
                        words.commitments_heard,
                        follows=("statements", "proposals", "gathering", "session"),
                    ),
                ),
                derive=actions.derive_standings,
                derived_from={"report": "reports", "disposition": "dispositions"},
                keeping=KEEPING["commitment"],
                numbered="C",
                needs=("parties",),
                happened="made",
                searched=Searched(("title",), ("text", "grade_words"), ("made",)),
            ),
            Kind(
                "report",
                "reports",
                models.Report,
                name=("commitment.title",),
                shown_on=("commitment",),
                checks=(
                    Check(promises.reported_by_a_party, follows=("commitment",)),
                    Check(promises.submitted_before_accepted),
                    Check(
                        promises.names_its("milestones", models.MilestoneState),
                        follows=("commitment",),
                    ),
                    Check(
                        promises.names_its("indicators", models.IndicatorValue),
                        follows=("commitment",),
                    ),
                ),
                keeping=KEEPING["report"],
                happened="accepted_on",
            ),
            Kind(
                "review",
                "reviews",
                models.Review,
                name=("commitment.title",),
                shown_on=("commitment",),
                keeping=KEEPING["review"],
                happened="reviewed_on",
            ),
            Kind(
                "disposition",
                "dispositions",
                models.Disposition,
                name=("commitment.title", "proposal.title"),
                shown_on=("commitment", "proposal"),
                checks=(
                    Check(dispositions.followed_as_the_outcome_says),
                    Check(dispositions.nothing_after_itself),
                    Check(
                        dispositions.disposed_where_it_was_open,
                        follows=("proposal", "commitment"),
                    ),
                    Check(dispositions.carried_within_the_series, follows=("gathering", "into")),
                ),
                keeping=KEEPING["disposition"],
                happened="decided_on",
            ),
        )
