from django.urls import URLPattern, path

from provisioning.views import address, finding, invitation, mailbox, progress, signup, site

app_name = "provisioning"
urlpatterns: list[URLPattern] = [
    path("", site.landing, name="landing"),
    path("six/", site.six, name="six"),
    path("questions/", site.questions, name="questions"),
    path("notices/<slug:name>/", site.notice, name="notice"),
    path("changelog/", site.changelog, name="changelog"),
    path("status/", site.status, name="status"),
    path("find/", finding.find, name="find"),
    path("find/address/", finding.by_address, name="find-address"),
    path("find/email/", finding.by_email, name="find-email"),
    path("find/sent/", finding.sent, name="find-sent"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
    path("sign-up/", signup.begin, name="sign-up"),
    path("sign-up/start-over/", signup.start_over, name="start-over"),
    path("sign-up/progress/", progress.progress, name="progress"),
    path("sign-up/progress/try-again/", progress.try_again, name="try-again"),
    path("sign-up/code/resend/", signup.resend, name="resend"),
    path("sign-up/address/availability/", address.availability, name="availability"),
    path("sign-up/<slug:name>/", signup.step, name="step"),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("mailbox/<str:name>/", mailbox.mail, name="mail"),
]
