"""The ledger of erasures: written before an erasure commits, and replayed before a restored backup serves."""

import contextlib
import io
from uuid import UUID

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import transaction

from cms import clock
from comments import actions, ledger
from comments.actions.replay import require_replayed
from comments.models import Comment, CommentVersion, Contact
from tests.comments.people import own

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "kept" / "erasures.log"
    return settings.ERASURE_LEDGER


class Restored(Exception):
    """Thrown to roll back: the database is again as it was when the backup was made."""


@contextlib.contextmanager
def then_a_backup_is_restored():
    with contextlib.suppress(Restored), transaction.atomic():
        yield
        raise Restored


def erase(comment) -> None:
    actions.erase(comment_id=comment.pk, now=clock.read_instant())


def manage(*words, stdin="") -> str:
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("sys.stdin", io.StringIO(stdin))
        call_command("erasures", *words, stdout=out)
    return out.getvalue()


def test_an_erasure_is_one_line_without_a_word_of_anybody(place, open_article, replied) -> None:
    comment = replied(open_article, "Something private.").comment
    erase(comment)
    erase(comment)
    (line,) = place.read_text().splitlines()
    assert line.split()[:2] == ["comment", str(comment.pk)]
    assert len(line.split()) == 3
    assert oct(place.stat().st_mode & 0o777) == "0o600"


def test_what_was_erased_is_erased_again_in_a_restored_backup(place, api, open_article, replied) -> None:
    kept, done = replied(open_article, "Stays.").comment, replied(open_article, "Goes.")
    address = f"/api/v1/comments/{done.comment.pk}"
    require_replayed()
    with then_a_backup_is_restored():
        assert (
            api.delete(f"/api/v1/my/comments/{done.comment.pk}", headers=own(done.token)).status_code == 204
        )
    assert api.get(address).json()["text"] == "Goes."
    with pytest.raises(ImproperlyConfigured, match=r"manage\.py erasures replay"):
        require_replayed()
    assert manage("replay", "--dry-run") == "1 would be erased again.\n"
    assert manage("replay").startswith("1 erased again")
    require_replayed()
    assert api.get(address).status_code == 404
    assert set(CommentVersion.objects.values_list("text", flat=True)) == {"", "Stays."}
    assert Comment.objects.get(pk=kept.pk).state == "published"
    assert manage("replay").startswith("0 erased again")


def test_a_forgotten_address_is_forgotten_again(open_article, replied) -> None:
    contact = replied(open_article).comment.private.contact
    with then_a_backup_is_restored():
        actions.contacts.forget(contact_id=contact.pk, now=clock.read_instant())
    assert Contact.objects.count() == 1
    manage("replay")
    assert Contact.objects.count() == 0


def test_what_one_server_exports_another_replays(place, open_article, replied, tmp_path) -> None:
    comment = replied(open_article).comment
    with then_a_backup_is_restored():
        erase(comment)
        told = manage("export")
    assert told == place.read_text()
    place.unlink()
    with pytest.raises(CommandError, match="no file"):
        manage("replay", str(tmp_path / "none"))
    assert manage("replay", "-", stdin=told).startswith("1 erased again")
    comment.refresh_from_db()
    assert comment.state == "deleted"


def test_a_line_that_a_crash_tore_hides_no_other(place, open_article, replied) -> None:
    first, second = replied(open_article).comment, replied(open_article).comment
    erase(first)
    with place.open("a") as torn:
        torn.write("comment 0190e0a0-0000")
    erase(second)
    ids: list[UUID] = [entry.subject for entry in ledger.entries(place)]
    assert ids == [first.pk, second.pk]


def test_without_a_ledger_nothing_is_erased_and_the_author_is_told_to_try_again(
    api, open_article, replied, settings, tmp_path
) -> None:
    (tmp_path / "file").touch()
    settings.ERASURE_LEDGER = tmp_path / "file" / "erasures.log"
    done = replied(open_article, "Still here.")
    address = f"/api/v1/my/comments/{done.comment.pk}"
    with pytest.raises(ledger.Unavailable), transaction.atomic():
        erase(done.comment)
    answer = api.delete(address, headers=own(done.token))
    assert (answer.status_code, answer.json()["retryable"]) == (503, True)
