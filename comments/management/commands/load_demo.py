"""`manage.py load_demo`: the demonstration's site, articles and replies into an empty database."""

from typing import Any

from django.core.management.base import BaseCommand

from articles.demo import accounts
from articles.demo.loading import is_empty
from comments import demo


class Command(BaseCommand):
    help = (
        "Loads the demonstration magazine into an empty database; does nothing when there is a site already."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        passwords = accounts.chosen_passwords() or accounts.new_passwords()
        if is_empty():
            accounts.keep(passwords)
        if not demo.load(passwords):
            self.stdout.write("Nothing was loaded: this database has a site or articles already.")
            return
        self.stdout.write("The demonstration is loaded. These users can sign in:\n")
        self.stdout.writelines(f"  {line}\n" for line in accounts.lines_of(passwords))
        self.stdout.write(f"Their passwords are kept in {accounts.file_of_passwords()}.")
