from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "lms.shared"
    label = "shared"

    def ready(self) -> None:
        from lms.shared import start_checks  # noqa: F401  importing registers them, which Django wants here
