from django.urls import path

from workspace.dues.views import members, overview, sheets

app_name = "dues"
urlpatterns = [
    path("", overview.index, name="index"),
    path("overview/", overview.overview, name="overview"),
    path("arrears/", overview.arrears, name="arrears"),
    path("me/", members.me, name="me"),
    path("members/<int:pk>/", members.member, name="member"),
    path("members/<int:pk>/bases/new/", members.assess, name="assess"),
    path("units/<int:pk>/", sheets.sheet, name="sheet"),
    path("units/<int:pk>/print/", sheets.printed, name="printed"),
    path("units/<int:pk>/export/", sheets.export, name="export"),
    path("units/<int:pk>/reminders/", sheets.remind, name="remind"),
    path("payments/<int:pk>/undo/", sheets.undo, name="undo"),
]
