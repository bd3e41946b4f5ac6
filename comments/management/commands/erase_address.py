"""`manage.py erase_address`: erases every reply that was sent with an address, and the address. For good.

The address comes by standard input: on the command line it would stand in the shell's history.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms import clock
from cms.errors import DomainError
from comments.actions import subject
from comments.typed import typed_address


class Command(BaseCommand):
    help = "Reads an e-mail address from standard input and erases everything that is kept on it."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            erased = subject.erase_address(email=typed_address(), now=clock.read_instant())
        except DomainError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{erased} replies and the address are erased.")
