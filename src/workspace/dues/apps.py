from django.apps import AppConfig


class DuesConfig(AppConfig):
    name = "workspace.dues"
    label = "dues"
