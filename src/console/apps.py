from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "console"

    def ready(self) -> None:
        from console import navigation, wiring

        wiring.connect()
        navigation.register()
