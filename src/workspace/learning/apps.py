from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "workspace.learning"
    label = "learning"
