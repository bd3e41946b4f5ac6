"""Whatever can hold words of a person is declared, and what is declared is what erasing does."""

from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, models

from cms import clock
from cms.models import User
from comments import actions, personal
from comments.models import Comment, CommentPrivate, CommentVersion, Confirmation, Notice
from tests.comments.people import words
from tests.matrix.world import a_waiting_request

CAN_HOLD_WORDS = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.FileField,
    models.GenericIPAddressField,
)
DELETED = {rows.model for rows in (*personal.WITH_A_VERSION, *personal.WITH_THE_REPLY)} | {
    *personal.FORGOTTEN
}
EMPTIED = {
    CommentVersion: personal.WORDS,
    CommentPrivate: personal.PERSON,
    personal.HANDED_ON.model: personal.NOTES,
}


def test_every_column_that_can_hold_words_is_erased_or_kept_for_a_reason() -> None:
    for model in apps.get_app_config("comments").get_models():
        names = {field.name for field in model._meta.concrete_fields if isinstance(field, CAN_HOLD_WORDS)}
        emptied, kept = set(EMPTIED.get(model, ())) & names, set(personal.KEPT.get(model, ()))
        if model in DELETED:
            assert not emptied | kept, f"{model.__name__} is deleted whole"
        else:
            assert emptied | kept == names, (
                f"{model.__name__}: say in comments.personal what becomes of these"
            )
            assert not emptied & kept, model.__name__
    assert all(len(reason) > 10 for columns in personal.KEPT.values() for reason in columns.values())


@pytest.mark.django_db
def test_what_is_declared_is_what_erasing_does(article, replied, decided, moderator) -> None:
    text = "Eight different words of grief are enough to be remembered, and these are more than eight."
    done = replied(article, text, author_website="https://a.example", policy="hold")
    decided(done.comment, "publish", moderator, note="Wrote of Anna.")
    _said_about(done.comment.pk, moderator)
    decided(done.comment, "remove", moderator)
    actions.appeal(comment_id=done.comment.pk, text="But Anna knows.", now=clock.read_instant())
    contact = CommentPrivate.objects.get().contact
    CommentPrivate.objects.update(country="CA", locale="fr", privacy_version="3", urgency=1, notify=True)
    now = clock.now()
    Confirmation.objects.create(contact=contact, token_sha256="0" * 64, created_at=now, expires_at=now)
    a_waiting_request(done.comment)
    Notice.objects.create(reply=done.comment, contact=contact, created_at=now)
    there = {model for model in DELETED if model._base_manager.exists()}
    assert there == DELETED, "this test plants no row of these: " + str(DELETED - there)

    actions.erase(comment_id=done.comment.pk, now=clock.read_instant())

    assert [model.__name__ for model in DELETED if model._base_manager.exists()] == []
    version = CommentVersion.objects.get()
    assert {name: getattr(version, name) for name in personal.WORDS} == personal.WORDS
    handed_on = personal.HANDED_ON.model._base_manager.get()
    assert {name: getattr(handed_on, name) for name in personal.NOTES} == personal.NOTES
    private = CommentPrivate.objects.get()
    assert {name: getattr(private, name) for name in personal.CALLS} == personal.CALLS
    assert {name: getattr(private, name) for name in personal.PERSON} == personal.PERSON
    assert Comment.objects.get().state == "deleted"


def _said_about(comment_id: UUID, moderator: User) -> None:
    now = clock.read_instant()
    actions.escalate(comment_id=comment_id, to="Anna", note="Anna.", by=moderator, now=now)
    actions.send_message(comment_id=comment_id, text="Is Anna well?", by=moderator, now=now)
    reported = actions.Reported(network="198.51.100.7", reason="privacy", note="I am Anna.")
    actions.report(comment_id=comment_id, reported=reported, now=now)


@pytest.mark.django_db
def test_an_address_that_is_forgotten_leaves_its_other_replies_where_they_are(article, replied) -> None:
    first, second = replied(article).comment, replied(article, "More.").comment
    contact = CommentPrivate.objects.get(pk=first.pk).contact
    actions.contacts.forget(contact_id=contact.pk, now=clock.read_instant())
    assert set(CommentPrivate.objects.values_list("contact", flat=True)) == {None}
    assert {version.text for version in second.versions.all()} == {words("More.").text}


@pytest.mark.django_db(transaction=True)
def test_nothing_erased_lingers_in_the_free_space_of_the_file(article, replied) -> None:
    if connection.vendor != "sqlite":
        return  # PostgreSQL reuses its space by itself, at a time of its own
    files = [Path(f"{connection.settings_dict['NAME']}{suffix}") for suffix in ("", "-wal")]

    def is_there() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return any(b"zqxlinger" in file.read_bytes() for file in files if file.exists())

    done = replied(article, "zqxlinger " * 2000, author_name="zqxlinger", policy="hold")
    assert is_there()
    actions.erase(comment_id=done.comment.pk, now=clock.read_instant())
    assert not is_there()
