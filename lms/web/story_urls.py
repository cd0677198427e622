"""Addresses of stories."""

from django.urls import path

from lms.web import stories

app_name = "stories"
urlpatterns = [
    path("stories/", stories.stories, name="stories"),
    path("stories/<slug:story>/", stories.story, name="story"),
]
