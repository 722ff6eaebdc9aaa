from django.urls import URLPattern, path, register_converter

from workspace.indicators.views import contests, dashboards, exports, person, records


class SheetForm:
    """How a dashboard is taken away."""

    regex = "xlsx|csv"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(SheetForm, "sheet_form")

app_name = "indicators"
urlpatterns: list[URLPattern] = [
    path("", dashboards.overview, name="overview"),
    path("contests/", contests.contests, name="contests"),
    path("contests/<int:pk>/", contests.contest, name="contest"),
    path("development/me/", person.me, name="me"),
    path("development/people/<int:pk>/", person.of_member, name="person"),
    path("<slug:name>/", dashboards.dashboard, name="dashboard"),
    path("<slug:name>/contests/new/", contests.opening, name="contesting"),
    path("<slug:name>/export.<sheet_form:form>", exports.export, name="export"),
    path("<slug:name>/records/<slug:key>/", records.records, name="records"),
    path("<slug:name>/sheet/", dashboards.sheet, name="sheet"),
]
