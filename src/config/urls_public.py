"""The public site: `<base>`."""

from django.urls import include, path

from shared.views import health

urlpatterns = [
    path("livez", health.livez),
    path("readyz", health.readyz),
    path("", include("shared.urls")),
    path("", include("provisioning.urls")),
]
