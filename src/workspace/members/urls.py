from django.urls import path

from workspace.members.views import appointments

app_name = "members"
urlpatterns = [
    path("posts/of/<int:unit_pk>/", appointments.posts, name="posts"),
    path("posts/of/<int:unit_pk>/new/", appointments.new, name="new_post"),
    path("posts/<int:pk>/ending/", appointments.ending, name="post_ending"),
]
