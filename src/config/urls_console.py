"""The operators' console: `console.<base>`."""

from django.urls import include, path

urlpatterns = [
    path("", include("shared.urls")),
    path("", include("workspace.accounts.urls")),
    path("", include("console.urls")),
]
