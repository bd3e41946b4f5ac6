"""`manage.py export_address`: everything that is kept on an address, as JSON. The address comes by standard input.

On the command line it would stand in the shell's history and in the list of processes.
"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms import clock
from cms.errors import NotFound
from comments import exporting
from comments.actions import subject
from comments.typed import typed_address


class Command(BaseCommand):
    help = "Reads an e-mail address from standard input and prints everything that is kept on it, as JSON."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = subject.of_address(typed_address())
        except NotFound as error:
            raise CommandError(str(error)) from None
        document = exporting.with_address(found, clock.read_instant())
        self.stdout.write(json.dumps(document, ensure_ascii=False, indent=2))
