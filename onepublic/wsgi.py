"""The WSGI application that the web server loads."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onepublic.settings")

application = get_wsgi_application()
# Models can be imported only now that Django is set up.
production = import_module("onepublic.production")
production.refuse_demo_accounts()
production.warn_without_scanner()
