from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "workspace.indicators"
    label = "indicators"
