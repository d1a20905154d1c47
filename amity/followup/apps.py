from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "amity.followup"
    label = "followup"
    default_auto_field = "django.db.models.BigAutoField"
