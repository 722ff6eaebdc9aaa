from django.apps import AppConfig


class PortabilityConfig(AppConfig):
    name = "workspace.portability"
    label = "portability"
