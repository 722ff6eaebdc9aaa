from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "workspace.inbox"
    label = "inbox"
