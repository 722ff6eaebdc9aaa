from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "workspace.access"
    label = "access"

    def ready(self) -> None:
        """Answer what the apps below ask: who administers, and who may see and change which unit."""
        from workspace.access.queries import administers, units_where
        from workspace.accounts import standing
        from workspace.organization import visibility

        standing.answer_with(administers)
        visibility.answer_with(units_where)
