"""Who may do what: the one table of role x verb. Roles are Django groups; `docs/roles.md` is written from this."""

from collections.abc import Iterable

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AbstractUser, AnonymousUser

AUTHOR, EDITOR, REVIEWER = "author", "editor", "reviewer"
MODERATOR, ADMINISTRATOR = "moderator", "administrator"
ROLES = (AUTHOR, EDITOR, REVIEWER, MODERATOR, ADMINISTRATOR)

_DESK = frozenset({AUTHOR, EDITOR, REVIEWER, ADMINISTRATOR})
_WRITERS = frozenset({AUTHOR, EDITOR, ADMINISTRATOR})
_EDITORS = frozenset({EDITOR, ADMINISTRATOR})
_MODERATORS = frozenset({MODERATOR, ADMINISTRATOR})
_ALL = frozenset(ROLES)

VERBS: dict[str, frozenset[str]] = {
    "article.read": _DESK,
    "article.create": _WRITERS,
    "article.save": _WRITERS,  # an author: own articles only, by visibility
    "article.delete": _WRITERS,
    "article.request_review": _WRITERS,
    "article.review": frozenset({REVIEWER, ADMINISTRATOR}),
    "article.publish": _EDITORS,
    "article.break_glass": frozenset({ADMINISTRATOR}),
    "article.take_down": _EDITORS,
    "article.suppress": _EDITORS,  # one asks, another confirms
    "article.purge": frozenset({ADMINISTRATOR}),
    "article.consent": _EDITORS,
    "release.read": frozenset({EDITOR, REVIEWER, ADMINISTRATOR}),
    "release.write": _EDITORS,
    "catalogue.read": _ALL,
    "catalogue.write": _EDITORS,
    "comment.moderate": _MODERATORS,
    "comment.answer": _WRITERS | _MODERATORS,  # an author: under own articles, by visibility
    "comment.relay": _MODERATORS,  # by a token made for it: `comments.views.senders`
    "comment.subject": frozenset({ADMINISTRATOR}),  # telling and erasing everything of a person
    "site.read": _ALL,
    "site.words": _EDITORS,
    "site.write": frozenset({ADMINISTRATOR}),
    "comment.override_claim": frozenset({ADMINISTRATOR}),
    "token.own": _ALL,
    "preview.markdown": _DESK,
    "preview.link": _WRITERS,  # an author: to own articles, by visibility
    "preview.site": _EDITORS,
    "audit.read": frozenset({ADMINISTRATOR}),
    "mail.read": frozenset({ADMINISTRATOR}),
}
"""Verb to the roles that may. What an author may reach at all is cut further by visibility (own articles)."""

SCOPES = (
    "articles:read",
    "articles:write",
    "catalogue:write",
    "comments:moderate",
    "comments:answer",
    "comments:relay",
)
"""What a token may be narrowed to. No scopes at all means: everything its user may, but making tokens."""

_SCOPE_OF: dict[str, dict[str, str | None]] = {
    "article": {"read": "articles:read", "purge": None},
    "release": {"read": "articles:read", "write": "articles:write"},
    "catalogue": {"read": "articles:read", "write": "catalogue:write"},
    "comment": {
        "moderate": "comments:moderate",
        "override_claim": "comments:moderate",
        "answer": "comments:answer",
        "relay": "comments:relay",
    },
    "preview": {"markdown": "articles:read", "link": "articles:write", "site": "articles:write"},
}


def roles_of(user: AbstractBaseUser | AnonymousUser) -> frozenset[str]:
    """The roles of a signed-in user; none for anybody else. One query, remembered on the object."""
    if not isinstance(user, AbstractUser):
        return frozenset()
    remembered: frozenset[str] | None = user.__dict__.get("_roles")
    if remembered is None:
        names: Iterable[str] = user.groups.values_list("name", flat=True)
        remembered = user.__dict__["_roles"] = frozenset(names) & frozenset(ROLES)
    return remembered


def may(user: AbstractBaseUser | AnonymousUser, verb: str, scopes: Iterable[str] = ()) -> bool:
    """Whether `user` may do `verb`, by role and, when a token with scopes is used, by scope too."""
    if not roles_of(user) & VERBS[verb]:
        return False
    scopes = tuple(scopes)
    return not scopes or scope_for(verb) in scopes


def scope_for(verb: str) -> str | None:
    """The scope a narrowed token needs for `verb`; None: no narrowed token may."""
    noun, action = verb.split(".")
    if noun == "article":
        return _SCOPE_OF["article"].get(action, "articles:write")
    return _SCOPE_OF.get(noun, {}).get(action)


def may_see_every_article(user: AbstractBaseUser | AnonymousUser) -> bool:
    return bool(roles_of(user) & frozenset({EDITOR, REVIEWER, ADMINISTRATOR}))
