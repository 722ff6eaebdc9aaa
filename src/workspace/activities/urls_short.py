"""`/c/…`: the short link behind the turning QR code."""

from django.urls import URLPattern, path

from workspace.activities.views import check_in

urlpatterns: list[URLPattern] = [path("<str:code>", check_in.scan, name="scan")]
