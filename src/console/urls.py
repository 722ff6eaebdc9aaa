from django.urls import path

from console.views import (
    dead_letters,
    entries,
    health,
    home,
    invitation_batches,
    invitations,
    moves,
    openings,
    workspaces,
)

app_name = "console"
urlpatterns = [
    path("", home.home, name="home"),
    path("workspaces/", workspaces.index, name="workspaces"),
    path("workspaces/export.csv", workspaces.export, name="workspaces-export"),
    path("workspaces/<uuid:uuid>/", workspaces.show, name="workspace"),
    path("workspaces/<uuid:uuid>/measurements/new", workspaces.refresh, name="workspace-refresh"),
    path("workspaces/<uuid:uuid>/moves/<slug:to>/new", moves.new, name="workspace-move"),
    path("openings/", openings.index, name="openings"),
    path("openings/<uuid:uuid>/", openings.show, name="opening"),
    path("openings/<uuid:uuid>/progress", openings.progress, name="opening-progress"),
    path("openings/<uuid:uuid>/attempts/new", openings.retry, name="opening-retry"),
    path("invitations/", invitations.index, name="invitations"),
    path("invitations/export.csv", invitations.export, name="invitations-export"),
    path("invitations/new", invitations.new, name="invitation-new"),
    path("invitations/batches/new", invitation_batches.new, name="invitation-batch"),
    path("invitations/<int:number>/", invitations.show, name="invitation"),
    path("invitations/<int:number>/revocation/new", invitations.revoke, name="invitation-revoke"),
    path("entries/", entries.index, name="entries"),
    path("entries/export.csv", entries.export, name="entries-export"),
    path("health/", health.index, name="health"),
    path("health/jobs/<int:number>/attempts/new", dead_letters.retry, name="job-retry"),
    path("health/jobs/<int:number>/discard/new", dead_letters.discard, name="job-discard"),
    path("health/tasks/<str:name>/attempts/new", dead_letters.retry_all, name="task-retry"),
    path("health/tasks/<str:name>/discard/new", dead_letters.discard_all, name="task-discard"),
]
