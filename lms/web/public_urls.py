"""Addresses that are open to everybody."""

from django.urls import path

from lms.web import credentials, public

app_name = "public"
urlpatterns = [
    path("", public.home, name="home"),
    path("about/", public.about, name="about"),
    path("privacy/", public.privacy, name="privacy"),
    path("credentials/<str:code>/", credentials.credential, name="credential"),
    path("credentials/<str:code>/shown/", credentials.show, name="show_credential"),
    path("credentials/<str:code>.json", credentials.credential_badge, name="credential_badge"),
]
