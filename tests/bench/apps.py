"""allauth's models without its demand for a middleware: the floor only needs to know who a session belongs to."""

from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "allauth.account"
    label = "account"
