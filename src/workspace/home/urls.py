from django.urls import path

from workspace.home.views import start

app_name = "home"
urlpatterns = [
    path("", start.start, name="start"),
    path("checklist/", start.ticks, name="ticks"),
    path("checklist/hidden/", start.hide, name="hide"),
]
