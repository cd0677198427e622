"""Addresses of what there is to learn."""

from django.urls import path

from lms.web import learn

app_name = "learn"
urlpatterns = [
    path("glossary/", learn.glossary, name="glossary"),
    path("search/", learn.search, name="search"),
    path("me/", learn.me, name="me"),
    path("learn/<slug:module>/", learn.module, name="module"),
    path("learn/<slug:module>/<slug:lesson>/", learn.lesson, name="lesson"),
    path("learn/<slug:module>/<slug:lesson>/complete/", learn.complete, name="complete"),
]
