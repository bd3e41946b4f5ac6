"""What the database itself holds of replies, by the ORM and by SQL, on every database."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from cms import clock, triggers
from cms.models import Permit
from comments.models import Comment, CommentVersion, Decision
from comments.reading import View, _behind, _in_view, _ordered

pytestmark = pytest.mark.django_db


def refused(work) -> str:
    """The name of the rule that refused."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        work()
    return str(caught.value)


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def comment(article, replied) -> Comment:
    return replied(article, "First words.", policy="publish").comment


def test_every_declared_trigger_is_there(db) -> None:
    assert triggers.missing(connection) == []


@pytest.mark.parametrize("column", ["text", "html", "public_name", "public_website"])
def test_words_are_not_rewritten(comment, column) -> None:
    assert "commentversion_words" in refused(
        lambda: CommentVersion.objects.update(**{column: "Other words."})
    )


def test_words_are_not_rewritten_by_sql(comment) -> None:
    assert "commentversion_words" in refused(lambda: sql("UPDATE comments_commentversion SET text = 'x'"))


def test_words_are_not_half_erased(comment) -> None:
    now = clock.read_instant()
    assert "commentversion_words" in refused(lambda: CommentVersion.objects.update(text="", erased_at=now))
    assert "commentversion_words" in refused(lambda: CommentVersion.objects.update(erased_at=now))
    assert "commentversion_words" in refused(
        lambda: CommentVersion.objects.update(text="", html="", public_name="", public_website="")
    )


def test_erasure_is_the_one_change_of_words_and_is_final(comment) -> None:
    now = clock.read_instant()
    CommentVersion.objects.update(text="", html="", public_name="", public_website="", erased_at=now)
    assert "commentversion_words" in refused(lambda: CommentVersion.objects.update(text="Back again."))
    assert "commentversion_words" in refused(lambda: CommentVersion.objects.update(erased_at=None))


@pytest.mark.parametrize("change", [{"number": 9}, {"display_as": "anonymous"}, {"created_at": clock.FAR}])
def test_a_version_stays_the_version_it_is(comment, change) -> None:
    assert "commentversion_words" in refused(lambda: CommentVersion.objects.update(**change))


@pytest.mark.parametrize(
    "change",
    [{"path": b"\0\0\0\x09"}, {"newest": b"\0\0\0\x09"}, {"created_at": clock.FAR}, {"is_staff": True}],
)
def test_a_reply_keeps_its_place(comment, change) -> None:
    assert "comment_place" in refused(lambda: Comment.objects.update(**change))


def test_a_deletion_is_final(comment) -> None:
    Comment.objects.update(state="deleted", public_version=None, visible=False)
    assert "comment_place" in refused(lambda: Comment.objects.update(state="held"))


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM comments_comment",
        "DELETE FROM comments_commentversion",
        "DELETE FROM comments_decision",
        "REPLACE INTO comments_commentversion SELECT * FROM comments_commentversion",
        "TRUNCATE comments_comment CASCADE",
        "TRUNCATE comments_commentversion CASCADE",
        "TRUNCATE comments_decision CASCADE",
    ],
)
def test_rows_are_not_deleted_one_by_one_or_all_at_once(comment, statement) -> None:
    if statement.startswith("REPLACE" if connection.vendor == "postgresql" else "TRUNCATE"):
        return  # a statement of the other database's language
    connection.check_constraints()  # nothing of the set-up is still to be judged
    message = refused(lambda: sql(statement))
    assert any(rule in message for rule in ("_kept", "_append_only", "_no_truncate")), message


def test_decisions_are_not_changed(comment) -> None:
    assert "comments_decision_append_only" in refused(lambda: Decision.objects.update(reason="other"))


def test_a_purge_permit_lets_exactly_one_reply_go(article, replied, comment) -> None:
    other = replied(article).comment
    with transaction.atomic():
        permit = Permit.objects.create(kind="purge", subject=comment.pk)
        Decision.objects.filter(comment=comment)._raw_delete("default")
        permit.delete()
    assert not Decision.objects.filter(comment=comment).exists()
    assert refused(lambda: Decision.objects.filter(comment=other)._raw_delete("default"))


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"visible": False}, "comment_visible"),
        ({"state": "held"}, "comment_published_has_version"),
        ({"depth": 3}, ""),
        ({"state": "lost"}, ""),
    ],
)
def test_a_row_that_contradicts_itself_is_refused(comment, change, rule) -> None:
    assert rule in refused(lambda: Comment.objects.update(**change))


def test_a_reply_has_one_public_and_one_waiting_version(comment) -> None:
    now = clock.read_instant()
    for state in ("public", "pending"):
        versions = [
            CommentVersion(comment=comment, number=number, text="x", html="x", state=state, created_at=now)
            for number in (7, 8)
        ]
        assert refused(lambda rows=versions: CommentVersion.objects.bulk_create(rows))


def test_times_of_replies_are_whole_seconds(comment) -> None:
    assert comment.created_at.microsecond == 0
    assert comment.created_at - clock.now() < timedelta(seconds=1)


def test_every_page_of_a_thread_is_a_range_of_one_index(article, replied) -> None:
    for view, index in [
        (View(article.pk), "comment_newest"),
        (View(article.pk, "created_at"), "comment_oldest"),
        (View(article.pk, roots_only=True), "comment_roots"),
        (View(article.pk, "created_at", roots_only=True), "comment_roots"),
    ]:
        page = _ordered(_behind(_in_view(view), view, b"\0\0\0\1"), view)[:21]
        if connection.vendor == "sqlite":
            plan = page.explain()
            assert index in plan
            assert "TEMP B-TREE" not in plan
