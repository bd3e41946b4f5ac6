"""What the desk gets of comparisons: differences, blame, and both sides of a save that came late."""

from dataclasses import asdict
from typing import Any

from articles.actions.comparing import Blame, Collision, blame_of, changes_of, difference
from articles.content import complete
from articles.diffing import as_source
from articles.models import Revision
from articles.serializers.shapes import listed_revision, revision_summary


def revision_difference(old: Revision, new: Revision) -> dict[str, Any]:
    return {"base": _side(old), "head": _side(new), **difference(old, new)}


def blame(revision: Revision) -> dict[str, Any]:
    """Each block of a revision with the revision that made it what it is."""
    return _blame(blame_of(revision))


def collision(found: Collision) -> dict[str, Any]:
    """The members that a conflict adds to its problem document."""
    theirs, yours = changes_of(found)
    return {
        "current_etag": found.etag,
        "base": {"revision": revision_summary(found.base), "content": complete(found.base.document)},
        "theirs": {
            "revision": revision_summary(found.head),
            "content": complete(found.head.document),
            "changes": theirs,
        },
        "yours": {"content": found.yours, "changes": yours},
        "mergeable": found.merged.clean,
        "conflicts": [asdict(conflict) for conflict in found.merged.conflicts],
        "merged": found.merged.content,
    }


def _side(revision: Revision) -> dict[str, Any]:
    article = revision.article
    return {"article": str(article.pk), "locale": article.locale, "revision": listed_revision(revision)}


def _blame(found: Blame) -> dict[str, Any]:
    return {
        "since": found.since,
        "blocks": [
            {
                "id": lived.block["id"],
                "type": lived.block["type"],
                "text": as_source(lived.block),
                "began_in": lived.began_in,
                "revision": revision_summary(found.revisions[lived.changed_in]),
            }
            for lived in found.blocks
        ],
    }
