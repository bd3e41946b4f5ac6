"""Writing of replies: by readers and authors, and by the site."""

from collections.abc import Iterator

from cms.models import User
from comments import stopping
from tests.builders import a_published_article
from tests.client import ApiClient
from tests.comments.people import form
from tests.matrix.world import a_waiting_confirmation, a_waiting_request
from tests.security.writes.desk import a_held_reply, about_replies, of_the_moderators_desk, sent_to
from tests.security.writes.write import EDITORIAL, Write


def of_replies(by: dict[str, ApiClient], people: dict[str, User]) -> Iterator[Write]:
    article = a_published_article(slug="replied-to", comments_policy="hold")
    done = sent_to(article, "reader@example.org")
    held, author = done.comment, ApiClient(token=done.token)
    yield Write(
        "/api/v1/articles/<slug>/comments",
        "POST",
        "/api/v1/articles/replied-to/comments",
        ApiClient(),
        form(),
    )
    as_site = {"text": "Thank you.", "answer_as": "site"}
    path = f"{EDITORIAL}/articles/{article.pk}/comments"
    yield Write(f"{EDITORIAL}/articles/<article_id>/comments", "POST", path, by["moderator"], as_site)
    tokens = "/api/v1/form-tokens"
    yield Write(tokens, "POST", tokens, ApiClient(), {"article": str(article.pk)})
    mine, own = "/api/v1/my/comments/<comment_id>", f"/api/v1/my/comments/{held.pk}"
    yield Write(mine, "PATCH", own, author, {"text": "Thank you all."}, held.etag)
    yield Write(mine, "DELETE", own, author)
    yield from about_replies(by["moderator"], article, people["moderator"])
    block, at = (
        f"{EDITORIAL}/comments/<comment_id>/author-block",
        f"{EDITORIAL}/comments/{held.pk}/author-block",
    )
    yield Write(block, "PUT", at, by["moderator"], {"note": "Sells."}, held.etag)
    yield Write(block, "DELETE", at, by["moderator"], None, held.etag)
    ruling = {"decision": "publish", "version": 1, "reason": "within_guidelines", "note": "Kind."}
    mute = f"{EDITORIAL}/comments/<comment_id>/mute-author"
    yield Write(mute, "POST", mute.replace("<comment_id>", str(held.pk)), by["moderator"], None, held.etag)
    confirming = f"/api/v1/confirmations/{a_waiting_confirmation(a_held_reply('confirming'))}"
    yield Write("/api/v1/confirmations/<token>", "POST", confirming, ApiClient())
    link = f"/api/v1/contact-links/{a_waiting_request(a_held_reply('asking'))}"
    yield Write("/api/v1/contact-links/<token>", "POST", link, ApiClient())
    asked_for = {"email": "reader@example.org", "purpose": "export", "locale": "en"}
    yield Write("/api/v1/contact-requests", "POST", "/api/v1/contact-requests", ApiClient(), asked_for)
    author_of = f"{EDITORIAL}/comments/<comment_id>/author"
    place = author_of.replace("<comment_id>", str(a_held_reply("to-be-told").pk))
    yield Write(f"{author_of}/export", "POST", f"{place}/export", by["administrator"])
    gone = a_held_reply("to-be-erased")
    place = author_of.replace("<comment_id>", str(gone.pk))
    yield Write(f"{author_of}/erasure", "POST", f"{place}/erasure", by["administrator"], None, gone.etag)
    stop = f"/api/v1/unsubscribe/{stopping.token(stopping.ONE, held.pk)}"
    yield Write("/api/v1/unsubscribe/<token>", "POST", stop, ApiClient())
    queue = f"{EDITORIAL}/comments"
    yield Write(
        f"{queue}/<comment_id>/decisions",
        "POST",
        f"{queue}/{held.pk}/decisions",
        by["moderator"],
        ruling,
        held.etag,
    )
    yield from of_the_moderators_desk(queue, by["moderator"], people["moderator"])
