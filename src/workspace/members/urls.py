from django.urls import path

from workspace.members.views import appointments, dictionary, exports, me, member, register, standing
from workspace.members.views.imports import opening, result, review

app_name = "members"
urlpatterns = [
    path("", register.register, name="register"),
    path("search/", register.search, name="search"),
    path("new/", member.new, name="new"),
    path("me/", me.me, name="me"),
    path("me/export/", me.me_export, name="me-export"),
    path("export/", exports.export, name="export"),
    path("export/<int:pk>/file/", exports.file, name="export-file"),
    path("dictionary/", dictionary.dictionary, name="dictionary"),
    path("imports/", result.history, name="imports"),
    path("imports/new/", opening.new, name="import-new"),
    path("imports/template/", opening.template, name="import-template"),
    path("imports/<int:pk>/", result.batch, name="import"),
    path("imports/<int:pk>/columns/", opening.columns, name="import-columns"),
    path("imports/<int:pk>/review/", review.review, name="import-review"),
    path("imports/<int:pk>/rows/<int:number>/", review.fix, name="import-row"),
    path("imports/<int:pk>/units/", review.unit, name="import-units"),
    path("imports/<int:pk>/errors/", review.errors, name="import-errors"),
    path("imports/<int:pk>/start/", review.start, name="import-start"),
    path("imports/<int:pk>/drop/", review.drop, name="import-drop"),
    path("imports/<int:pk>/progress/", result.progress, name="import-progress"),
    path("imports/<int:pk>/result/", result.result, name="import-result"),
    path("imports/<int:pk>/undo/", result.undo, name="import-undo"),
    path("<int:pk>/", member.member, name="member"),
    path("<int:pk>/edit/", member.edit, name="edit"),
    path("<int:pk>/leaving/", standing.leave, name="leaving"),
    path("<int:pk>/return/", standing.come_back, name="return"),
    path("<int:pk>/unmask/<slug:field>/", standing.unmask, name="unmask"),
    path("<int:pk>/account/", standing.link, name="account"),
    path("<int:pk>/account/unlink/", standing.unlink, name="unlink"),
    path("posts/of/<int:unit_pk>/", appointments.posts, name="posts"),
    path("posts/of/<int:unit_pk>/new/", appointments.new, name="new_post"),
    path("posts/<int:pk>/ending/", appointments.ending, name="post_ending"),
]
