from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "workspace.access"
    label = "access"

    def ready(self) -> None:
        """Signing in is stricter for administrators; who they are is known here."""
        from workspace.access.queries import administers
        from workspace.accounts import standing

        standing.answer_with(administers)
