"""The door of the web server."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.turns import Turns

# Nobody waits longer for a page: it says so (503) and offers to try again. Worker and commands have the time they need.
WAITS = {"DATABASE_WAIT_SECONDS": "3", "DATABASE_LOCK_SECONDS": "3", "DATABASE_STATEMENT_SECONDS": "15"}

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
for name, seconds in WAITS.items():
    os.environ.setdefault(name, seconds)
application = Turns(get_wsgi_application(), at_once=settings.WORKING_AT_ONCE)
