from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "lms.shared"
    label = "shared"
