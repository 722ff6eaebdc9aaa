from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    name = "workspace.organization"
    label = "organization"
