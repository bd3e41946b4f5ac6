"""The problem codes of articles, and what the timeline's constraints mean when they refuse."""

from collections.abc import Callable

from cms.constraints import register_constraints
from cms.errors import CommitTooLate, DomainError, WrongState
from cms.problem_codes import register_codes

CODES = {
    "at_in_future": (400, "Instant ahead", "Delivery speaks of the past and of now; `at` lies ahead."),
    "accept_datetime_invalid": (400, "Invalid Accept-Datetime", "It holds no date of RFC 1123 in GMT."),
    "locale_needed": (
        404,
        "Name a locale",
        "Articles in several locales have this slug; `locales` lists them.",
    ),
    "reviewer_is_author": (403, "Own work", "Nobody reviews what they wrote themselves."),
    "not_the_head": (409, "Not the newest revision", "Only the newest revision can be sent to review."),
    "already_the_head": (409, "Nothing to restore", "The newest revision holds that text already."),
    "not_approved": (409, "Not approved", "A medical article needs the approval of exactly this revision."),
    "instant_taken": (409, "Instant taken", "Another change of the same article begins at that very second."),
    "slug_taken": (
        409,
        "Slug taken",
        "Another article of this locale is readable under this slug at that time.",
    ),
    "has_begun": (409, "It has begun", "A publication that has begun is history and does not change."),
    "has_ended": (409, "It is over", "A publication that has ended is history and does not change."),
    "not_public": (409, "Not public", "There is nothing to take down."),
    "was_public": (409, "It was public", "What was public cannot be deleted; take it down instead."),
    "identity_is_public": (409, "Identity is public", "Kind and locale of what was public stay as they are."),
    "translation_exists": (409, "Translation exists", "The article already has a version in this locale."),
    "merge_conflicts": (
        409,
        "They do not go together",
        "Both changed the same place; `conflicts` says where.",
    ),
    "has_history": (409, "It has a history", "A past is laid down only where none is."),
    "key_taken": (409, "Key taken", "The catalogue has an entry of this kind under this key."),
    "not_begun": (409, "Not begun yet", "The version before begins within a second; try again then."),
    "checks_failed": (422, "Checks failed", "Checks of the revision found errors; `errors` lists them."),
    "invalid_interval": (422, "Impossible interval", "A publication ends after it begins, and ahead of now."),
}


def _too_late() -> CommitTooLate:
    """The verbs judge by the clock first, so only a verb that took too long meets these rules: it stamps again."""
    return CommitTooLate("The change came after the instant that it was to begin at.")


def _gap() -> WrongState:
    return WrongState("The timeline changed meanwhile; read it again.")


LATE = (
    "publication_in_past",
    "publication_is_history",
    "publication_commits_in_time",
    "publicationtopic_is_history",
    "publicationperson_is_history",
    "embed_is_history",
    "catalogueversion_in_past",
    "catalogueversion_is_history",
)
MEANINGS: dict[str, Callable[[], DomainError]] = {
    **dict.fromkeys(LATE, _too_late),
    "publication_slug_free": lambda: WrongState(
        "Another article of this locale is readable under this slug at that time.", code="slug_taken"
    ),
    "publication_no_overlap": _gap,
    "publication_gap": _gap,
    "publication_no_gap": _gap,
    "catalogueitem_key_unique": lambda: WrongState("This key is taken.", code="key_taken"),
    "article_one_per_locale": lambda: WrongState(
        "This article already has a version in this locale.", code="translation_exists"
    ),
}


def register() -> None:
    """Called once, when the app is loaded."""
    register_codes(CODES)
    register_constraints(MEANINGS)
