from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "workspace.activities"
    label = "activities"
