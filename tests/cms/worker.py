"""A process of its own on a database of its own, for tests of what happens when several write, or one dies.

Started by `tests.cms.processes` with JSON: a list of rounds, each a list of commands. Runs each command in a process of
its own, those of a round at once, and prints what they came to in the same form: null for one that died.
"""

import json
import os
import sys
import time
from datetime import timedelta

import django

django.setup()

from django.core.mail.backends.base import BaseEmailBackend as EmailBackend  # noqa: E402  # models need the set-up above
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import override_settings  # noqa: E402
from django.urls import URLPattern, path  # noqa: E402

from cms import changes, clock, following, limits, mail, transactions  # noqa: E402
from cms.errors import Busy, LimitReached  # noqa: E402
from cms.ids import uuid7  # noqa: E402
from cms.models import AuditEntry  # noqa: E402
from cms.working import Worker  # noqa: E402
from cms.writing import perform  # noqa: E402
from tests.cms import views  # noqa: E402
from tests.letters import OFFERED  # noqa: E402

DIED = 9


class Dying(views.Posting):
    """Ends its process, as `kill -9` would, when its effect is written but not committed, or right after that."""

    after_commit = False

    def post(self, request, name=""):
        def work():
            answer = views.effect(request, name)
            if not self.after_commit:
                os._exit(DIED)
            transaction.on_commit(lambda: os._exit(DIED))
            return answer

        return perform(request, work)


VIEWS = {
    "post": views.Posting.as_view(),
    "die-before-commit": Dying.as_view(),
    "die-after-commit": Dying.as_view(after_commit=True),
}
urlpatterns: list[URLPattern] = []


def post(key, view="post"):
    """One POST, tried again for as long as the answer says so."""
    urlpatterns[:] = [path("api/v1/posting", VIEWS[view])]
    with override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"]):
        while True:
            answer = Client().post(
                "/api/v1/posting",
                {"text": key},
                content_type="application/json",
                headers={"idempotency-key": key},
            )
            if answer.status_code != 409:
                return {
                    "status": answer.status_code,
                    "body": answer.json(),
                    "replayed": "Idempotent-Replayed" in answer,
                }
            time.sleep(0.02)


def count(key):
    return AuditEntry.objects.filter(detail__text=key).count()


def take(key, times):
    """How many of `times` uses of one limit were allowed."""
    allowed = 0
    for _ in range(times):
        try:
            limits.take("comments", key, by="address")
            allowed += 1
        except LimitReached:
            continue
    return allowed


def log(times):
    """Append to the log of changes, each time in a transaction with an instant of its own."""

    def work():
        at = clock.stamp()
        transactions.must_commit_before(at)
        changes.schedule(due_at=at, publication_id=uuid7(), type="article.updated", subject=uuid7())
        return changes.log(at=at + timedelta(seconds=1), type="article.published", subject=uuid7()).id

    written = []
    while len(written) < times:
        try:
            written.append(transactions.run(work))
        except Busy:
            continue
    return written


def follow(total):
    """Read the log over its address, as a consumer does, until it has met `total` changes; then all of it again.

    The number, instant and type of each change, and how many of the pages that may rest in caches differ by then.
    """
    epoch = following.cursor_of(_answer("").json()["cursor"]).epoch
    seen, settled, cursor = [], {}, str(following.Cursor(epoch, following.Place()))
    while len(seen) < total:
        answer = _answer(cursor)
        page = answer.json()
        seen += [
            (following.cursor_of(entry["id"]).place.number, entry["at"], entry["type"])
            for entry in page["changes"]
        ]
        if answer["Cache-Control"].startswith("public"):
            settled[cursor] = answer.content
        cursor = page["cursor"]
        time.sleep(0 if page["changes"] else 0.05)
    return seen, sum(_answer(cursor).content != content for cursor, content in settled.items())


def _answer(cursor):
    with override_settings(ALLOWED_HOSTS=["*"]):
        answer = Client().get("/api/v1/changes", {"after": cursor, "limit": 10})
    if answer.status_code != 200:
        raise SystemExit(answer.content.decode())
    return answer


class Sending(EmailBackend):
    """Remembers what it sent, and ends its process before or after that when it is told to."""

    sent: list[str] = []
    dies = ""

    def send_messages(self, messages):
        if self.dies == "die-before-sending":
            os._exit(DIED)
        self.sent += [message.extra_headers["Message-ID"] for message in messages]
        if self.dies == "die-after-sending":
            os._exit(DIED)
        return len(messages)


def letters(number):
    """Queue some letters, each in a transaction of its own."""
    with override_settings(EMAIL_URL=OFFERED):
        for _ in range(number):
            mail.queue(mail.Message("reader@reader.example", "A", "B"), about=None, now=clock.now())


def work(ahead, dies=""):
    """A worker's turns until nothing is left, some seconds ahead; the Message-IDs of what it sent."""
    clock.set_shift(timedelta(seconds=ahead))
    Sending.dies = dies
    worker = Worker()
    with override_settings(EMAIL_BACKEND=f"{__name__}.Sending"):
        worker.turn()
    return Sending.sent


COMMANDS = {
    "letters": letters,
    "work": work,
    "post": post,
    "count": count,
    "take": take,
    "log": log,
    "follow": follow,
}


def begin(command, arguments, start):
    """Fork; the child waits until `start` is closed. Returns the child's id and where it will write."""
    read, write = os.pipe()
    child = os.fork()
    if child:
        os.close(write)
        return child, read
    os.close(read)
    os.close(start[1])
    os.read(start[0], 1)
    os.write(write, json.dumps(COMMANDS[command](*arguments)).encode())
    connection.close()
    os._exit(0)


def end(child, read):
    with os.fdopen(read) as printed:
        text = printed.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status not in (0, DIED):
        raise SystemExit(f"a worker ended with {status}")
    return None if status == DIED else json.loads(text)


def together(commands):
    start = os.pipe()
    children = [begin(command, arguments, start) for command, *arguments in commands]
    os.close(start[1])
    return [end(*child) for child in children]


if __name__ == "__main__":
    print(json.dumps([together(commands) for commands in json.loads(sys.argv[1])]))
