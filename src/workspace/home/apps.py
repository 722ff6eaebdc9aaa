from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "workspace.home"
    label = "home"
