from django.urls import path

from workspace.oversight.views import entries

app_name = "oversight"
urlpatterns = [
    path("", entries.index, name="list"),
    path("export/", entries.export, name="export"),
    path("<int:pk>/", entries.entry, name="entry"),
]
