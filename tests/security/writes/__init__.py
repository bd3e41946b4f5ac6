"""One right request for everything that can be written, so that a test can spoil one thing of it at a time."""

from collections.abc import Callable

from cms.models import User
from tests.client import ApiClient
from tests.security.writes.articles import of_articles
from tests.security.writes.catalogue import of_catalogue, of_releases
from tests.security.writes.replies import of_replies
from tests.security.writes.site import of_previews, of_the_site, of_tokens
from tests.security.writes.write import Write

__all__ = ["Write", "every_write"]


def every_write(
    as_user: Callable[..., ApiClient], people: dict[str, User], signed_in: ApiClient
) -> list[Write]:
    """The whole list. `as_user` gives a client with a token; `signed_in` holds an author's session."""
    by = {role: as_user(user) for role, user in people.items()}
    return [
        *of_articles(by, people),
        *of_releases(by["editor"]),
        *of_catalogue(by),
        *of_replies(by, people),
        *of_tokens(by, people, signed_in),
        *of_the_site(by["administrator"]),
        *of_previews(by, people),
    ]
