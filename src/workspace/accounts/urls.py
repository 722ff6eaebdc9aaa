from django.urls import path

from workspace.accounts.views import activation, reset, sign_in, sign_out

app_name = "accounts"
urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/code/", sign_in.code, name="sign-in-code"),
    path("sign-out/", sign_out.sign_out, name="sign-out"),
    path("activate/<str:text>/", activation.activate, name="activate"),
    path("activate/<str:text>/again/", activation.again, name="activate-again"),
    path("reset/", reset.ask, name="reset-ask"),
    path("reset/<str:text>/", reset.reset, name="reset"),
]
