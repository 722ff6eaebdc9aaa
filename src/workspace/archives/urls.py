from django.urls import path

from workspace.archives.views import archives, closing, schedules

app_name = "archives"
urlpatterns = [
    path("closing/", closing.show, name="closing"),
    path("", archives.index, name="list"),
    path("schedules/", schedules.index, name="schedules"),
    path("schedules/new/", schedules.new, name="schedule-new"),
    path("schedules/<int:pk>/", schedules.schedule, name="schedule"),
    path("schedules/<int:pk>/pausing/", schedules.pause, name="schedule-pause"),
    path("schedules/<int:pk>/resuming/", schedules.resume, name="schedule-resume"),
    path("schedules/<int:pk>/renewal/", schedules.renew, name="schedule-renew"),
    path("schedules/<int:pk>/run/", schedules.run_now, name="schedule-run"),
    path("schedules/<int:pk>/delete/", schedules.delete, name="schedule-delete"),
    path("schedules/<int:pk>/files/<int:number>/", schedules.file, name="schedule-file"),
    path("new/", archives.new, name="new"),
    path("<int:pk>/progress/", archives.progress, name="progress"),
    path("<int:pk>/file/", archives.file, name="file"),
    path("<int:pk>/delete/", archives.delete, name="delete"),
]
