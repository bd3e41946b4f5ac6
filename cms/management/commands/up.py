"""`manage.py up`: bring the database and the index up to date, load the demonstration where one is wanted, and serve.

The process becomes the server, so that a signal to it is one to the server, which finishes what it has begun.
"""

import os
import socket
import sys
from typing import Any, NoReturn

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from articles.demo import accounts, loading
from articles.searching import indexing
from cms import server
from cms.models import Site
from comments import demo


class Command(BaseCommand):
    help = "Migrates, loads the demonstration when DEMO is set and the database is empty, and serves."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> NoReturn:
        self._require_free_port()
        call_command("migrate", verbosity=0, interactive=False)
        call_command("erasures", "replay", stdout=self.stdout, verbosity=0)
        if indexing.is_outdated():
            self.stdout.write("Indexing for search what an earlier release indexed …")
            call_command("reindex", stdout=self.stdout)
        passwords = self._demo_passwords() if settings.DEMO else None
        if not Site.objects.exists():
            raise CommandError(
                "There is no site yet. Run `manage.py init` first, or set DEMO=true for the demo."
            )
        self._introduce(passwords)
        settings.STATIC_ROOT.mkdir(
            parents=True, exist_ok=True
        )  # whitenoise warns of a folder that is not there
        connections.close_all()
        self._serve()

    def _require_free_port(self) -> None:
        """The server shares its port with anybody, so two could answer in turn without a word."""
        family = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET
        with socket.socket(family) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((settings.HOST, settings.PORT))
            except OSError as error:
                reason = error.strerror or str(error)
                raise CommandError(
                    f"Cannot listen on {settings.HOST}, port {settings.PORT}: {reason}. Set HOST or PORT."
                ) from None

    def _demo_passwords(self) -> dict[str, str] | None:
        """Load what is missing, and give the demo's users the passwords that are asked for. None: nobody knows them."""
        kept, chosen = accounts.kept_passwords(), accounts.chosen_passwords()
        if loading.is_empty():
            self.stdout.write("Loading the demonstration …")
            chosen = chosen or accounts.new_passwords()
            accounts.keep(chosen)
            demo.load(chosen)
        elif chosen and chosen != kept and Site.objects.filter(demo=True).exists():
            accounts.set_passwords(chosen)
            accounts.keep(chosen)
        return chosen

    def _introduce(self, passwords: dict[str, str] | None) -> None:
        site, base = Site.objects.get(), settings.PUBLIC_URL
        self.stdout.write(
            f"\n{site.name}\n"
            f"  API       {base}/api/v1/\n"
            f"  docs      {base}/api/docs\n"
            f"  sign in   {base}/sign-in\n"
            f"  editors   {base}/api/v1/editorial/articles\n"
            f"  replies   {base}/api/v1/editorial/comments\n"
        )
        if passwords and site.demo:
            self.stdout.write("Users of the demo and their passwords:")
            self.stdout.writelines(f"  {line}\n" for line in accounts.lines_of(passwords))
            self.stdout.write(f"  (kept in {accounts.file_of_passwords()})\n")
        elif site.demo:
            self.stdout.write(
                "The demo's passwords were not kept here; set DEMO_PASSWORD to give its users one.\n"
            )

    def _serve(self) -> NoReturn:
        application = "cms.serving:application" if settings.WORKER else "cms.wsgi:application"
        command = server.command(
            application, host=settings.HOST, port=settings.PORT, workers=settings.WORKERS
        )
        sys.stdout.flush()
        sys.stderr.flush()
        os.chdir(settings.BASE_DIR)
        environment = server.environment(os.environ)
        os.execve(sys.executable, command, environment)  # noqa: S606 - the command is ours, and no shell is wanted
