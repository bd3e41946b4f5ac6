"""Who holds the token of a reply. A wrong token and an unknown reply are told alike, in content and in work."""

from hmac import compare_digest
from uuid import UUID

from cms.errors import NotFound
from cms.sealing import token_digest
from comments.models import Comment, CommentPrivate, CommentVersion, Decision


def require_author(comment_id: UUID, token: str) -> CommentPrivate:
    """The private row of the reply that `token` belongs to. Raises NotFound."""
    digest = token_digest(token)
    row = CommentPrivate.objects.select_related("comment__public_version").filter(pk=comment_id).first()
    if not compare_digest(digest, row.author_token_sha256 if row else "0" * 64) or row is None:
        raise NotFound("There is no reply of yours with this id and token.")
    return row


def latest_of(comment: Comment) -> CommentVersion:
    """The newest words, with what was typed beside them."""
    return comment.versions.select_related("private").get(number=comment.last_version)


def last_decision(comment: Comment) -> Decision | None:
    """The latest that was not undone."""
    return Decision.objects.filter(comment=comment).standing().order_by("-id").first()
