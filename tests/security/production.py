"""One site as production would run it, in a process of its own: says as JSON what a browser would be sent.

Started as `python -m tests.security.production`, with an environment of tests.environment.settings.
"""

import json
import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings"
django.setup()

from django.core.management import call_command  # noqa: E402  # needs the set-up above
from django.test import Client  # noqa: E402

from cms.models import User  # noqa: E402

HOST = "cms.example.org"
PASSWORD = "a-password-of-this-test-only"  # of a database that nobody else uses


def told() -> dict[str, object]:
    call_command("migrate", verbosity=0, interactive=False)
    User.objects.create_user("editor", password=PASSWORD)
    browser = Client(enforce_csrf_checks=True, headers={"host": HOST})
    page = browser.get("/sign-in", secure=True)
    token = page.content.decode().partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    typed = {"username": "editor", "password": PASSWORD, "csrfmiddlewaretoken": token}
    signed_in = browser.post("/sign-in", typed, secure=True, headers={"origin": f"https://{HOST}"})
    plain = Client(headers={"host": HOST}).get("/api/v1/articles", secure=True)
    forged = Client(headers={"host": "localhost", "x-forwarded-host": "elsewhere.example"}).get(
        "/api/v1/site"
    )
    return {
        "page": dict(page.items()),
        "status": signed_in.status_code,
        "cookies": {name: dict(cookie.items()) for name, cookie in browser.cookies.items()},
        "delivery": dict(plain.items()),
        "delivery_cookies": list(plain.cookies),
        "forged": forged.content.decode(),
    }


if __name__ == "__main__":
    print(json.dumps(told()))
