from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "workspace.members"
    label = "members"

    def ready(self) -> None:
        from workspace.members import panels

        panels.register()
