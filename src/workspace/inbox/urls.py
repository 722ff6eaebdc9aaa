from django.urls import path

from workspace.inbox.views import messages

app_name = "inbox"
urlpatterns = [
    path("", messages.listing, name="listing"),
    path("read/", messages.read_all, name="read_all"),
    path("<int:pk>/", messages.message, name="message"),
]
