from django.urls import path

from workspace.transfers.views import absence, absences, arrivals, issuing, letters, printing, transfer

app_name = "transfers"
urlpatterns = [
    path("", letters.index, name="index"),
    path("me/", letters.me, name="me"),
    path("people/", letters.people, name="people"),
    path("export/", letters.export, name="export"),
    path("new/", issuing.new, name="new"),
    path("arrivals/new/", arrivals.new, name="arrival"),
    path("letters/", printing.letters, name="letters"),
    path("absences/", absences.index, name="absences"),
    path("absences/export/", absences.export, name="absences-export"),
    path("absences/new/<slug:kind>/", absence.new, name="absence-new"),
    path("absences/of/<slug:tab>/", absences.index, name="absences-tab"),
    path("absences/<int:pk>/", absence.absence, name="absence"),
    path("absences/<int:pk>/contacts/", absence.contacts, name="contacts"),
    path("absences/<int:pk>/contacts/<int:number>/", absence.strike, name="contact-removal"),
    path("absences/<int:pk>/ending/", absence.ending, name="absence-ending"),
    path("<int:pk>/", transfer.transfer, name="transfer"),
    path("<int:pk>/letter/", printing.letter, name="letter"),
    path("<int:pk>/acceptance/", transfer.acceptance, name="acceptance"),
    path("<int:pk>/rejection/", transfer.rejection, name="rejection"),
    path("<int:pk>/revocation/", transfer.revocation, name="revocation"),
    path("<int:pk>/correction/", transfer.correction, name="correction"),
    path("<slug:tab>/", letters.index, name="tab"),
]
