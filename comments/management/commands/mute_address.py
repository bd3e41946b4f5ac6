"""`manage.py mute_address`: no more letters to an address, which is read from standard input, not from the command."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from email_validator import EmailNotValidError, validate_email

from cms import clock
from comments.actions import contacts


class Command(BaseCommand):
    help = (
        "Reads one address from standard input; no more letters go there. Does not say whether it is known."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            email = validate_email(sys.stdin.readline().strip(), check_deliverability=False).normalized
        except EmailNotValidError:
            raise CommandError("Standard input holds no e-mail address.") from None
        contacts.mute_address(email=email, now=clock.now())
        self.stdout.write("No more letters go there.")
