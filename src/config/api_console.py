"""`/api/v1/` of the console, for operators who are signed in there. No token opens it: see `console.api`."""

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from console import api


def router() -> SimpleRouter:
    made = SimpleRouter(use_regex_path=False)
    api.register(made)
    return made


urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", include((router().urls, "api"))),
    path("schema/", SpectacularAPIView.as_view(urlconf="config.urls_console"), name="api-schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api-schema"), name="api-docs"),
]
