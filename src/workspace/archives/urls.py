from django.urls import path

from workspace.archives.views import archives, closing

app_name = "archives"
urlpatterns = [
    path("closing/", closing.show, name="closing"),
    path("", archives.index, name="list"),
    path("new/", archives.new, name="new"),
    path("<int:pk>/progress/", archives.progress, name="progress"),
    path("<int:pk>/file/", archives.file, name="file"),
    path("<int:pk>/delete/", archives.delete, name="delete"),
]
