from django.urls import path

from workspace.elections.views import (
    ballots,
    board,
    candidates,
    election,
    ending,
    index,
    opening,
    papers,
    rolls,
    sheets,
)

app_name = "elections"
urlpatterns = [
    path("", index.index, name="index"),
    path("export/", index.export, name="export"),
    path("board/", board.board, name="board"),
    path("new/", opening.new, name="new"),
    path("<int:pk>/", election.election, name="election"),
    path("<int:pk>/plan/", opening.plan, name="plan"),
    path("<int:pk>/papers/<slug:about>/new/", papers.asking, name="asking"),
    path("<int:pk>/decision/", papers.decision, name="decision"),
    path("<int:pk>/withdrawal/", papers.withdrawal, name="withdrawal"),
    path("<int:pk>/roll/", rolls.roll, name="roll"),
    path("<int:pk>/roll/people/", rolls.people, name="people"),
    path("<int:pk>/roll/<slug:way>/new/", rolls.amendment, name="amendment"),
    path("<int:pk>/roll/<int:number>/restoring/", rolls.restoring, name="restoring"),
    path("<int:pk>/candidates/", candidates.candidates, name="candidates"),
    path("<int:pk>/meeting/", ballots.opening, name="meeting"),
    path("<int:pk>/ballots/<slug:purpose>/new/", ballots.ballot, name="ballot"),
    path("<int:pk>/vacancies/", ballots.vacancies, name="vacancies"),
    path("<int:pk>/posts/", ballots.sharing, name="posts"),
    path("<int:pk>/undo/", ending.undo, name="undo"),
    path("<int:pk>/cancellation/", ending.cancellation, name="cancellation"),
    path("<int:pk>/sheets/<slug:name>/", sheets.sheet, name="sheet"),
    path("<slug:tab>/", index.index, name="tab"),
]
