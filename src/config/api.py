"""`/api/v1/` of a workspace: one router that every app adds its nouns to, the schema and its page."""

from importlib import import_module

from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

APPS = (
    "accounts",
    "inbox",
    "organization",
    "access",
    "members",
    "development",
    "transfers",
    "elections",
    "appraisal",
    "activities",
    "dues",
    "learning",
    "voice",
    "indicators",
    "statistics",
    "quality",
    "archives",
    "oversight",
    "regulations",
)


def router() -> SimpleRouter:
    """Each app's `api.register(router)` names its own resources."""
    made = SimpleRouter(use_regex_path=False)
    for app in APPS:
        import_module(f"workspace.{app}.api").register(made)
    return made


urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", include((router().urls, "api"))),
    path("schema/", SpectacularAPIView.as_view(urlconf="config.urls_workspace"), name="api-schema"),
    # Split: its script is a request of its own, because the content security policy allows nothing inline.
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api-schema"), name="api-docs"),
]
