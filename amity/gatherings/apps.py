from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "amity.gatherings"
    label = "gatherings"
    default_auto_field = "django.db.models.BigAutoField"
