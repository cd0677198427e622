"""The WSGI entry of the service. A process that would lose or leak something does not start."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
application = get_wsgi_application()

from lms.shared.start_checks import refuse_unfit  # noqa: E402  it needs the settings

refuse_unfit(database=True)
connections.close_all()
