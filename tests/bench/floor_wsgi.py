"""The floor behind the same web server: Django's handler, without the service's own entry."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
