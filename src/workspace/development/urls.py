from django.urls import path

from workspace.development.views import cases, imports, opening, quotas, standing, steps

app_name = "development"
urlpatterns = [
    path("", cases.index, name="index"),
    path("overdue/", cases.overdue, name="overdue"),
    path("me/", cases.me, name="me"),
    path("members/<int:pk>/", cases.of_member, name="of-member"),
    path("cases/new/", opening.new, name="new"),
    path("cases/new/newcomer/", opening.newcomer, name="newcomer"),
    path("cases/<int:pk>/", cases.case, name="case"),
    path("cases/<int:pk>/undo/", steps.undo, name="undo"),
    path("cases/<int:pk>/steps/<slug:code>/", steps.record, name="step"),
    path("cases/<int:pk>/notice/", standing.notice, name="notice"),
    path("cases/<int:pk>/notice/result/", standing.notice_result, name="notice-result"),
    path("cases/<int:pk>/materials/", standing.materials, name="materials"),
    path("cases/<int:pk>/stopping/", standing.stop, name="stop"),
    path("cases/<int:pk>/reopening/", standing.reopen, name="reopen"),
    path("cases/<int:pk>/special/", standing.special, name="special"),
    path("cases/<int:pk>/file/", standing.file, name="file"),
    path("imports/new/", imports.new, name="import"),
    path("imports/template/", imports.template, name="import-template"),
    path("imports/start/", imports.start, name="import-start"),
    path("imports/returned/", imports.returned, name="import-returned"),
    path("plans/", quotas.plans, name="plans"),
    path("plans/<int:pk>/", quotas.plan, name="plan"),
]
