from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "workspace.voice"
    label = "voice"
