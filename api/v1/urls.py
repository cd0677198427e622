"""Addresses of version 1, below /api/v1/."""

from django.urls import include, path

from api.v1 import about

urlpatterns = [
    path("", about.Index.as_view(), name="index"),
    path("", include("api.v1.content.urls")),
    path("schema/", about.SchemaDocument.as_view(), name="schema"),
    path("docs/", about.docs, name="docs"),
]
