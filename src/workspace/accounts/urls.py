from django.urls import path

from workspace.accounts.views import activation, factor, profile, reset, security, sign_in, sign_out, tokens

app_name = "accounts"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/code/", sign_in.code, name="sign-in-code"),
    path("sign-out/", sign_out.sign_out, name="sign-out"),
    path("activate/sent/", activation.sent, name="activation-sent"),
    path("activate/<str:text>/", activation.activate, name="activate"),
    path("activate/<str:text>/again/", activation.again, name="activate-again"),
    path("reset/", reset.ask, name="reset-ask"),
    path("reset/<str:text>/", reset.reset, name="reset"),
    path("me/", profile.profile, name="me"),
    path("me/security/", security.security, name="security"),
    path("me/password/", security.change_password, name="password"),
    path("me/sessions/end/", security.end_other_sessions, name="sessions-end"),
    path("me/sessions/<str:handle>/end/", security.end_session, name="session-end"),
    path("me/factor/", factor.set_up, name="factor"),
    path("me/factor/codes/", factor.renew_codes, name="factor-codes"),
    path("me/factor/remove/", factor.remove, name="factor-remove"),
    path("me/tokens/", tokens.tokens, name="tokens"),
    path("me/tokens/<int:pk>/revoke/", tokens.revoke, name="token-revoke"),
]
