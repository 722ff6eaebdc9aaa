"""A workspace: `<slug>.<base>`."""

from django.urls import include, path

from config.api import urlpatterns as api
from workspace.home.views import palette

urlpatterns = [
    path("", include("shared.urls")),
    path("api/", include(api)),
    path("", include("workspace.accounts.urls")),
    path("inbox/", include("workspace.inbox.urls")),
    path("organization/", include("workspace.organization.urls")),
    path("access/", include("workspace.access.urls")),
    path("join/", include("workspace.access.urls_join")),
    path("members/", include("workspace.members.urls")),
    path("development/", include("workspace.development.urls")),
    path("transfers/", include("workspace.transfers.urls")),
    path("elections/", include("workspace.elections.urls")),
    path("appraisals/", include("workspace.appraisal.urls")),
    path("activities/", include("workspace.activities.urls")),
    path("c/", include("workspace.activities.urls_short")),
    path("dues/", include("workspace.dues.urls")),
    path("learning/", include("workspace.learning.urls")),
    path("voice/", include("workspace.voice.urls")),
    path("dashboards/", include("workspace.indicators.urls")),
    path("statistics/", include("workspace.statistics.urls")),
    path("quality/", include("workspace.quality.urls")),
    path("archives/", include("workspace.archives.urls")),
    path("audit/", include("workspace.oversight.urls")),
    path("rules/", include("workspace.regulations.urls")),
    # Without a namespace: the page frame of every host asks for it by this name.
    path("find/", palette.search, name="palette_search"),
    path("", include("workspace.home.urls")),
]
