"""Addresses every host offers; each urlconf includes this at its root."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from shared.views import display, palette, styleguide

urlpatterns: list[URLPattern | URLResolver] = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("display/type", display.large_type, name="large_type"),
    path("palette.json", palette.pages, name="palette"),
]
if settings.STYLEGUIDE:
    urlpatterns += [
        path("styleguide/", styleguide.page, name="styleguide"),
        path("styleguide/<str:part>", styleguide.part, name="styleguide_part"),
    ]
