"""L2, L3 and the insert: Django as it comes."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.limits.settings"
application = get_wsgi_application()
