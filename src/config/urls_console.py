"""The operators' console: `console.<base>`."""

from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("workspace.accounts.urls")),
    path("", include("console.urls")),
]
