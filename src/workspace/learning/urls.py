from django.urls import path

from workspace.learning.views import certifying, years

app_name = "learning"
urlpatterns = [
    path("", years.index, name="index"),
    path("overview/", years.overview, name="overview"),
    path("me/", years.me, name="me"),
    path("members/<int:pk>/", years.member, name="member"),
    path("members/<int:pk>/certificate/", years.certificate, name="certificate"),
    path("units/<int:pk>/", years.sheet, name="sheet"),
    path("units/<int:pk>/activities/", certifying.waiting, name="waiting"),
    path("units/<int:pk>/records/new/", certifying.new, name="new"),
    path("activities/<int:pk>/certification/", certifying.certify, name="certify"),
    path("activities/<int:pk>/certification/undo/", certifying.undo_activity, name="undo-activity"),
    path("records/<int:pk>/undo/", certifying.undo_record, name="undo"),
]
