from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "lms.credentials"
    label = "credentials"
