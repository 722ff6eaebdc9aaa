from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "workspace.members"
    label = "members"
