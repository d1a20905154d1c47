from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "amity.followup"
    label = "followup"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the kinds of records of this room, and its sections on the pages of others."""
        from amity.followup import models
        from amity.followup.sections import register_sections
        from amity.record.kinds import Kind, register

        register_sections()

        register(
            Kind(
                "proposal", "proposals", models.Proposal, name=("title",), page="followup:proposal"
            ),
            Kind(
                "answer",
                "answers",
                models.Answer,
                name=("proposal.title",),
                shown_on=("proposal",),
            ),
            Kind(
                "commitment",
                "commitments",
                models.Commitment,
                name=("title",),
                page="followup:commitment",
            ),
            Kind(
                "report",
                "reports",
                models.Report,
                name=("commitment.title",),
                shown_on=("commitment",),
            ),
            Kind(
                "review",
                "reviews",
                models.Review,
                name=("commitment.title",),
                shown_on=("commitment",),
            ),
            Kind(
                "disposition",
                "dispositions",
                models.Disposition,
                name=("commitment.title", "proposal.title"),
                shown_on=("commitment", "proposal"),
            ),
        )
