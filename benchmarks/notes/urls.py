from django.urls import path

from benchmarks.notes.views import read

urlpatterns = [path("<int:queries>/", read)]
