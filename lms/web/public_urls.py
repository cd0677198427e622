"""Addresses that are open to everybody."""

from django.urls import path

from lms.web import public

app_name = "public"
urlpatterns = [
    path("", public.home, name="home"),
    path("about/", public.about, name="about"),
    path("privacy/", public.privacy, name="privacy"),
]
