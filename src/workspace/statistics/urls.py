from django.urls import path

from workspace.statistics.views import exports, people, tables

app_name = "statistics"
urlpatterns = [
    path("", tables.overview, name="overview"),
    path("sheet/", tables.sheet, name="sheet"),
    path("statistics.xlsx", exports.export, name="export"),
    path("<slug:name>/", tables.table, name="table"),
    path("<slug:name>/people/<slug:column>/", people.people, name="people"),
]
