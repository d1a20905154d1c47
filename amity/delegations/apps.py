from django.apps import AppConfig


class DelegationsConfig(AppConfig):
    name = "amity.delegations"
    label = "delegations"
    default_auto_field = "django.db.models.BigAutoField"
