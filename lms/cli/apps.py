from django.apps import AppConfig


class CliConfig(AppConfig):
    name = "lms.cli"
    label = "cli"

    def ready(self) -> None:
        from lms.cli import checks  # noqa: F401  importing registers it, which Django wants here
