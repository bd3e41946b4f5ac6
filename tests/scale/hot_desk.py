"""What authors and moderators ask about replies, and the rounds that go on beside them."""

from collections.abc import Iterator
from functools import partial

from django.conf import settings
from django.utils.module_loading import import_string

from cms import clock, retention
from cms.sealing import token_digest
from comments.authentication import PREFIX
from comments.models import Comment, CommentPrivate
from tests.scale.asking import Hot, Round

QUEUE = "/api/v1/editorial/comments"
LABELS = "the labels of one page of replies"
FEW, BATCH = "what one round takes", "what is over"
OWN = "the messages and decisions of one reply"


def own_status() -> Iterator[Hot]:
    """An author's own reply, by a token that is made for it here."""
    reply = Comment.objects.filter(state="published", depth__gt=0).order_by("id")[0]
    CommentPrivate.objects.filter(pk=reply.pk).update(author_token_sha256=token_digest(f"{PREFIX}looking"))
    yield Hot("an author's own reply", f"/api/v1/my/comments/{reply.pk}", f"{PREFIX}looking", sorts=OWN)


def moderated(token: str) -> Iterator[Hot]:
    """The queue in each form, one reply in it, and the next to read."""
    waiting = CommentPrivate.objects.in_queue("waiting").in_order()[0]
    asked = {
        "queue": "",
        "queue, of one article": f"?article={waiting.article_id}",
        "queue, of a grade": "?grade=concern",
        "queue, what is new": "?kind=new",
        "queue, what nobody reads": "?claimed=nobody",
        "queue, what is public": "?state=published",
        "queue, what was refused": "?state=rejected",
    }
    for name, query in asked.items():
        yield Hot(name, f"{QUEUE}{query}", token, sorts=LABELS)
    yield Hot("a reply in the queue", f"{QUEUE}/{waiting.pk}", token, sorts=LABELS)
    yield Hot("its decisions", f"{QUEUE}/{waiting.pk}/decisions", token, sorts=OWN)
    yield Hot("open reports", f"{QUEUE}/reports", token)
    yield Hot("open escalations", f"{QUEUE}/escalations", token)
    yield Hot("the next reply", f"{QUEUE}/next", token, method="POST", sorts=LABELS)


def rounds() -> Iterator[Round]:
    """Every round of the worker, and one batch of each clock of retention, which walks a table by its key each day."""
    for path in settings.ROUNDS:
        if path != "cms.retention.run":
            yield Round(path, import_string(path), sorts=FEW)
    for each in retention.clocks():
        batch = partial(next, retention.end(each, clock.now()), None)
        table = each.due(clock.now()).model._meta.db_table
        yield Round(f"retention of {each.name}", batch, sorts=BATCH, whole=table)
