from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "amity.followup"
    label = "followup"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the kinds of records of this room, and its sections on the pages of others."""
        from amity.followup import actions, models, rules
        from amity.followup.keeping import KEEPING
        from amity.followup.sections import register_sections
        from amity.record.folder_rules import same_owner
        from amity.record.kinds import Kind, register

        register_sections()
        in_the_gathering = same_owner("session", "session", "gathering", "gathering")

        register(
            Kind(
                "proposal",
                "proposals",
                models.Proposal,
                name=("title",),
                page="followup:proposal",
                rules=(in_the_gathering,),
                derive=actions.derive_proposals,
                derived_from={"answer": "answers"},
                keeping=KEEPING["proposal"],
            ),
            Kind(
                "answer",
                "answers",
                models.Answer,
                name=("proposal.title",),
                shown_on=("proposal",),
                rules=(rules.answered_by_one_concerned, rules.chooses_an_alternative),
                keeping=KEEPING["answer"],
            ),
            Kind(
                "commitment",
                "commitments",
                models.Commitment,
                name=("title",),
                page="followup:commitment",
                rules=(in_the_gathering, rules.has_a_holder),
                derive=actions.derive_standings,
                derived_from={"report": "reports", "disposition": "dispositions"},
                keeping=KEEPING["commitment"],
            ),
            Kind(
                "report",
                "reports",
                models.Report,
                name=("commitment.title",),
                shown_on=("commitment",),
                rules=(rules.reported_by_a_party,),
                keeping=KEEPING["report"],
            ),
            Kind(
                "review",
                "reviews",
                models.Review,
                name=("commitment.title",),
                shown_on=("commitment",),
                keeping=KEEPING["review"],
            ),
            Kind(
                "disposition",
                "dispositions",
                models.Disposition,
                name=("commitment.title", "proposal.title"),
                shown_on=("commitment", "proposal"),
                rules=(
                    rules.disposes_properly,
                    rules.disposed_where_it_was_open,
                    rules.carried_within_the_series,
                ),
                keeping=KEEPING["disposition"],
            ),
        )
