"""People who work here: making users and giving them roles. Who may do what with a role is `cms.roles`."""

from collections.abc import Iterable

from django.contrib.auth.models import Group

from cms.models import User
from cms.roles import ROLES


def create_user(*, username: str, email: str = "", password: str | None, roles: Iterable[str] = ()) -> User:
    """A new user. Without a password nobody can sign in as them, and the account is inactive.

    Raises ValueError for an unknown role, IntegrityError when the name is taken.
    """
    user = User(username=username, email=User.objects.normalize_email(email), is_active=password is not None)
    user.set_password(password)
    user.save()
    assign_roles(user, roles)
    return user


def assign_roles(user: User, roles: Iterable[str]) -> None:
    """Make `roles` exactly the roles of a user. Raises ValueError for one that does not exist."""
    names = set(roles)
    if unknown := names - set(ROLES):
        raise ValueError(f"There is no role {sorted(unknown)[0]!r}, only: {', '.join(ROLES)}.")
    others = user.groups.exclude(name__in=ROLES)
    user.groups.set([*others, *(Group.objects.get_or_create(name=name)[0] for name in sorted(names))])
    vars(user).pop("_roles", None)  # what cms.roles remembered of them


def with_role(role: str) -> list[User]:
    """Active users who have a role, by name."""
    return list(User.objects.filter(is_active=True, groups__name=role).order_by("username"))
