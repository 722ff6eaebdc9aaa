from django.urls import path

from workspace.appraisal.views import (
    appraisal,
    ballots,
    ending,
    index,
    mine,
    opening,
    people,
    sheets,
    texts,
    verdicts,
)

app_name = "appraisal"
urlpatterns = [
    path("", index.index, name="index"),
    path("export/", index.export, name="export"),
    path("new/", opening.new, name="new"),
    path("mine/", mine.own, name="own"),
    path("<int:pk>/", appraisal.appraisal, name="appraisal"),
    path("<int:pk>/plan/", opening.plan, name="plan"),
    path("<int:pk>/people/<int:member>/", people.person, name="person"),
    path("<int:pk>/people/<int:member>/paper/", texts.paper, name="paper"),
    path("<int:pk>/texts/", texts.texts, name="texts"),
    path("<int:pk>/mutual/", ballots.mutual, name="mutual"),
    path("<int:pk>/ballot/new/", ballots.begin, name="begin"),
    path("<int:pk>/ballot/", ballots.count, name="count"),
    path("<int:pk>/ballot/ending/", ballots.ending, name="ending"),
    path("<int:pk>/verdicts/", verdicts.verdicts, name="verdicts"),
    path("<int:pk>/announcement/", verdicts.announcement, name="announcement"),
    path("<int:pk>/closing/", verdicts.closing, name="closing"),
    path("<int:pk>/undo/", ending.undo, name="undo"),
    path("<int:pk>/cancellation/", ending.cancellation, name="cancellation"),
    path("<int:pk>/sheets/<slug:name>/", sheets.sheet, name="sheet"),
    path("<int:pk>/mine/", mine.mine, name="mine"),
    path("<int:pk>/mine/review/", mine.review, name="review"),
    path("<int:pk>/mine/opinions/<int:member>/", mine.opinion, name="opinion"),
    path("<int:pk>/mine/vote/", mine.vote, name="vote"),
    path("<slug:tab>/", index.index, name="tab"),
]
