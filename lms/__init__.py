"""The project package. Loads the Celery app, so that tasks find their queue; nothing else happens here."""

from lms.celery import app as celery_app

__all__ = ["celery_app"]
