from django.urls import path

from workspace.access.views import consents, grants, invitations, joinings, people

app_name = "access"
urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/close/", people.close, name="person-close"),
    path("people/<int:pk>/reopen/", people.reopen, name="person-reopen"),
    path("people/<int:pk>/link/", people.link, name="person-link"),
    path("grants/<int:pk>/revoke/", grants.revoke, name="grant-revoke"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/new/", invitations.new, name="invitation-new"),
    path("invitations/<int:pk>/", invitations.invitation, name="invitation"),
    path("invitations/<int:pk>/poster/", invitations.poster, name="invitation-poster"),
    path("invitations/<int:pk>/withdraw/", invitations.withdraw, name="invitation-withdraw"),
    path("joinings/", joinings.joinings, name="joinings"),
    path("joinings/<int:pk>/accept/", joinings.accept, name="joining-accept"),
    path("joinings/<int:pk>/refuse/", joinings.refuse, name="joining-refuse"),
    path("consents/", consents.consents, name="consents"),
    path("consents/<int:pk>/", consents.consent, name="consent"),
    path("consents/<int:pk>/agree/", consents.agree, name="consent-agree"),
    path("consents/<int:pk>/refuse/", consents.refuse, name="consent-refuse"),
    path("consents/<int:pk>/withdraw/", consents.withdraw, name="consent-withdraw"),
]
