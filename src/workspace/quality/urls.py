from django.urls import path

from workspace.quality.views import asking, exports, overview, people

app_name = "quality"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("people/", people.people, name="people"),
    path("asking/", asking.asking, name="asking"),
    path("gaps/", exports.gaps, name="gaps"),
]
