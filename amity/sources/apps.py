from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "amity.sources"
    label = "sources"
    default_auto_field = "django.db.models.BigAutoField"
