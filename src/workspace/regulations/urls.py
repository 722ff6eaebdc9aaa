from django.urls import path

from workspace.regulations.views import rules

app_name = "regulations"
urlpatterns = [
    path("", rules.rules_of_a_day, name="rules"),
    path("<str:code>/", rules.rule, name="rule"),
]
