from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "amity.record"
    label = "record"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the kinds of records of this room."""
        from amity.record.kinds import Kind, register
        from amity.record.models import Picture

        register(
            Kind("picture", "pictures", Picture, name=("alt",)),
        )
