from django.urls import path

from workspace.home.views import palette, start

app_name = "home"
urlpatterns = [
    path("", start.start, name="start"),
    path("checklist/", start.ticks, name="ticks"),
    path("checklist/hidden/", start.hide, name="hide"),
    path("find/", palette.search, name="search"),
]
