"""The way out of reminders, without signing in."""

from django.urls import path

from lms.web import reminders

app_name = "reminders"
urlpatterns = [path("reminders/stop/<str:signed>/", reminders.stop, name="stop")]
