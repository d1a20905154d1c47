from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "amity.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what is looked at before a command runs, and sections on others' pages."""
        from amity.record import standing
        from amity.site.sections import register_sections
        from amity.site.serving import safe_database  # noqa: F401 - importing it registers the check

        register_sections()
        standing.register_sections()
