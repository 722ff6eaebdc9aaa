from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class SharedConfig(AppConfig):
    name = "shared"
    label = "shared"

    def ready(self) -> None:
        """Every app's `tasks` module registers its tasks when it is imported."""
        autodiscover_modules("tasks")
