from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "lms.reminders"
    label = "reminders"
