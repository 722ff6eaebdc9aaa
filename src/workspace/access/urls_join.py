"""At the root of the workspace's host, for short addresses on posters."""

from django.urls import path

from workspace.access.views import join

app_name = "join"
urlpatterns = [
    path("", join.code, name="code"),
    path("done/", join.done, name="done"),
    path("<str:text>/", join.join, name="join"),
]
