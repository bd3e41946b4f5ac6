"""`manage.py init`: what a site of one's own needs before it first serves: its name, an administrator, keys that hold.

Answers come from the environment or are asked for. Running it again adds only what is missing; the time zone alone can
be changed by it.
"""

import getpass
import itertools
import sys
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from cms import locales, people, roles, sealing
from cms.env import env
from cms.local_time import UnknownZone, zone_named
from cms.models import Site, User


class Command(BaseCommand):
    help = "Sets up a site of one's own: database, name, first administrator. Loads no demonstration."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--no-input", action="store_true", help="ask nothing: all answers are in the environment"
        )
        parser.add_argument(
            "--time-zone",
            metavar="NAME",
            help="IANA name of the zone that the magazine works in; changes that of a site which is there already",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.asks = not options["no_input"] and sys.stdin.isatty()
        self.time_zone = options["time_zone"]
        if settings.DEMO:
            raise CommandError(
                "DEMO is set. Unset it: a demonstration is loaded by `manage.py up` and needs no init."
            )
        check_keys()
        call_command("migrate", verbosity=0, interactive=False)
        with transaction.atomic():
            done = [self._site(), self._administrator()]
        self.stdout.writelines(f"{sentence}\n" for sentence in done)

    def _site(self) -> str:
        if site := Site.objects.first():
            return self._moved(site)
        answer = self._answer("SITE_LOCALES", "Locales, the default first", "en")
        named = [part.strip() for part in answer.split(",") if part.strip()]
        if not named or not all(map(locales.is_locale, named)):
            raise CommandError(
                "Name each locale as BCP 47 does, such as en or fr-CA, with commas between them."
            )
        written = [locales.canonical(name) for name in named]
        site = Site.objects.create(
            name=self._answer("SITE_NAME", "Name of the magazine"),
            contact=self._answer("SITE_CONTACT", "Address or page for readers and reports", ""),
            default_locale=written[0],
            locales=written,
            time_zone=check_time_zone(
                self.time_zone or self._answer("SITE_TIME_ZONE", "Time zone (IANA name)", "UTC")
            ),
        )
        return f"Made the site: {site.name}, in the time zone {site.time_zone}."

    def _moved(self, site: Site) -> str:
        """A site that is there keeps everything but the zone, and that only when it is named on the command line."""
        if not self.time_zone or self.time_zone == site.time_zone:
            return f"The site is there already: {site.name}, in the time zone {site.time_zone}."
        Site.objects.filter(pk=site.pk).update(time_zone=check_time_zone(self.time_zone))
        return f"The site is there already: {site.name}. Its time zone is now {self.time_zone}."

    def _administrator(self) -> str:
        if found := people.with_role(roles.ADMINISTRATOR):
            return f"There is an administrator already: {found[0].username}."
        user = User(
            username=self._answer("ADMIN_USERNAME", "Administrator's user name"),
            email=self._answer("ADMIN_EMAIL", "Administrator's e-mail address"),
        )
        password = self._password()
        check_administrator(user, password)
        people.create_user(
            username=user.username, email=user.email, password=password, roles=[roles.ADMINISTRATOR]
        )
        return f"Made the administrator: {user.username}. Sign in at {settings.PUBLIC_URL}/sign-in"

    def _answer(self, name: str, question: str, default: str | None = None) -> str:
        """From the environment, else asked for, else the default. Raises CommandError when there is none."""
        answer = env.str(name, "").strip()
        if not answer and self.asks:
            answer = input(f"{question}{f' [{default}]' if default else ''}: ").strip()
        if not answer and default is None:
            raise CommandError(f"Set {name}: {question[0].lower()}{question[1:]}.")
        return answer or default or ""

    def _password(self) -> str:
        if password := env.str("ADMIN_PASSWORD", ""):
            return password
        if not self.asks:
            raise CommandError("Set ADMIN_PASSWORD: the administrator's password.")
        password = getpass.getpass("Administrator's password: ")
        if password != getpass.getpass("Once more: "):
            raise CommandError("The two passwords differ. Nothing was changed.")
        return password


def check_keys() -> None:
    """Every key serves one purpose, and what is sealed can be opened. Raises CommandError with what to set."""
    keys = {
        "SECRET_KEY": [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS],
        "CONTACT_KEYS": settings.CONTACT_KEYS,
        "DIGEST_KEY": settings.DIGEST_KEYS,
        "TOKEN_KEY": settings.TOKEN_KEYS,
    }
    for (one, ones), (other, others) in itertools.combinations(keys.items(), 2):
        if set(ones) & set(others):
            raise CommandError(f"{one} and {other} share a key. Set each to keys of its own.")
    sealed = sealing.seal(b"init", settings.CONTACT_KEYS, "init")
    if sealing.open_sealed(sealed, settings.CONTACT_KEYS, "init") != b"init":
        raise CommandError("CONTACT_KEYS cannot open what they sealed.")


def check_time_zone(name: str) -> str:
    """The name as it is. Raises CommandError for what is no time zone."""
    try:
        zone_named(name)
    except UnknownZone as error:
        raise CommandError(f"{error} Say it by SITE_TIME_ZONE or --time-zone.") from error
    return name


def check_administrator(user: User, password: str) -> None:
    """Raises CommandError with everything that is wrong with the answers."""
    wrong: list[str] = []
    checks = (
        lambda: User.username_validator(user.username),
        lambda: validate_email(user.email),
        lambda: validate_password(password, user),
    )
    for check in checks:
        try:
            check()
        except ValidationError as error:
            wrong += error.messages
    if User.objects.filter(username=user.username).exists():
        wrong.append(f"There is a user {user.username} already.")
    if wrong:
        raise CommandError("The administrator was not made. " + " ".join(wrong))
