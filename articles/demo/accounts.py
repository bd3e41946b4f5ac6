"""The demonstration's users: one for each role to sign in as, and one behind every other byline, whom nobody can be.

Their passwords are `DEMO_PASSWORD`, or made once and kept in the data folder for whoever runs the demonstration.
"""

import os
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.conf import settings

from articles.models import Byline, CatalogueItem
from cms import people, roles
from cms.models import User

ROLE_OF = {
    "author": roles.AUTHOR,
    "author2": roles.AUTHOR,
    "editor": roles.EDITOR,
    "reviewer": roles.REVIEWER,
    "moderator": roles.MODERATOR,
    "administrator": roles.ADMINISTRATOR,
}
"""Users that somebody can sign in as, and their one role."""

BYLINE_OF = {"author": "ines-halloran", "author2": "tomas-berglind", "reviewer": "dr-piotr-wendell"}
"""Which of the invented people some of them are in public."""


def create(passwords: Mapping[str, str]) -> dict[str, User]:
    """The users that somebody can sign in as, by name; `passwords` by name too."""
    return {
        name: people.create_user(
            username=name, email=f"{name}@example.org", password=passwords[name], roles=[role]
        )
        for name, role in ROLE_OF.items()
    }


def behind_bylines(users: Mapping[str, User]) -> dict[str, User]:
    """The user behind every person of the catalogue, by the person's key: one of `users`, or a closed account."""
    taken = {person: users[name] for name, person in BYLINE_OF.items()}
    by_person = {}
    for item in CatalogueItem.objects.of_kind("person").order_by("key"):
        user = taken.get(item.key) or people.create_user(username=item.key, password=None)
        Byline.objects.create(user=user, person=item)
        by_person[item.key] = user
    return by_person


def chosen_passwords() -> dict[str, str] | None:
    """What DEMO_PASSWORD asks for, else what an earlier start kept; None when neither says."""
    if settings.DEMO_PASSWORD:
        return dict.fromkeys(ROLE_OF, settings.DEMO_PASSWORD)
    return kept_passwords()


def new_passwords() -> dict[str, str]:
    return {name: secrets.token_urlsafe(12) for name in ROLE_OF}


def kept_passwords() -> dict[str, str] | None:
    """The passwords of an earlier start; None when there is no file of them, or not of all."""
    try:
        lines = file_of_passwords().read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return None
    kept = dict(line.split(" ", 1) for line in lines if " " in line)
    return kept if set(kept) == set(ROLE_OF) else None


def keep(passwords: Mapping[str, str]) -> None:
    """Write the passwords where only the owner of this process can read them."""
    path = file_of_passwords()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(
        os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        file.writelines(f"{name} {password}\n" for name, password in passwords.items())
    fresh.replace(path)


def set_passwords(passwords: Mapping[str, str]) -> None:
    """Give the demonstration's users these passwords; whoever was signed in as one has to sign in again."""
    for user in User.objects.filter(username__in=passwords):
        user.set_password(passwords[user.username])
        user.save(update_fields=["password"])


def file_of_passwords() -> Path:
    return settings.DATA_DIR / "demo-passwords.txt"


def lines_of(passwords: Mapping[str, str]) -> Iterable[str]:
    """For a terminal: who can sign in, and how."""
    width = max(map(len, passwords))
    return (f"{name:<{width}}  {password}" for name, password in passwords.items())
