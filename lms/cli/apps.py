from django.apps import AppConfig


class CliConfig(AppConfig):
    name = "lms.cli"
    label = "cli"
