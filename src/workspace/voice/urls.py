from django.urls import path

from workspace.voice.views import topics

app_name = "voice"
urlpatterns = [
    path("", topics.index, name="index"),
    path("new/", topics.ask, name="ask"),
    path("<int:pk>/", topics.topic, name="topic"),
    path("<int:pk>/replies/", topics.reply, name="reply"),
    path("<int:pk>/answers/", topics.answer, name="answer"),
    path("<int:pk>/decision/", topics.decide, name="decide"),
    path("<slug:tab>/", topics.index, name="tab"),
]
