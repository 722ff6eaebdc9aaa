"""The operators' console: `console.<base>`."""

from django.urls import include, path

from config.api_console import urlpatterns as api

urlpatterns = [
    path("", include("shared.urls")),
    path("api/", include(api)),
    path("", include("workspace.accounts.urls")),
    path("", include("console.urls")),
]
