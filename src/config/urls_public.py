"""The public site: `<base>`."""

from django.urls import include, path

from shared.views import health

urlpatterns = [
    path("livez", health.livez),
    path("readyz", health.readyz),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("provisioning.urls")),
]
