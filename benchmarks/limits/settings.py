"""The service's own settings and database, with three bare views and no middleware."""

from cms.settings import *  # noqa: F403 - the very same server, but for what follows
from cms.settings import INSTALLED_APPS as ALL_APPS

INSTALLED_APPS = [*ALL_APPS, "benchmarks.limits"]
MIDDLEWARE = []
ROOT_URLCONF = "benchmarks.limits.urls"
WSGI_APPLICATION = "benchmarks.limits.wsgi.application"
