from typing import Any

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "workspace.audit"
    label = "audit"

    def ready(self) -> None:
        """Accounts stand below the record and only tell; here it is written down. The console keeps its own."""
        from shared.workspace import current
        from workspace.accounts.record import listen
        from workspace.audit.actions import record

        def write(verb: str, **what: Any) -> None:
            if current.get() is not None:
                record(verb, **what)

        listen(write)
