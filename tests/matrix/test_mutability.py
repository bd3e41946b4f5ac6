"""Every model says whether its rows may change. What may not is held by the database: each is tried."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from articles.models import (
    Article,
    AskedReviewer,
    Autosave,
    Byline,
    CatalogueItem,
    CatalogueVersion,
    ConsentRecord,
    Embed,
    Listing,
    PreviewLink,
    Publication,
    PublicationPerson,
    PublicationTopic,
    Redirect,
    Release,
    ReleaseItem,
    Rendering,
    Review,
    ReviewRequest,
    Revision,
    SearchSpelling,
    SearchText,
    SuppressedPublication,
    Suppression,
)
from cms import changes
from cms.models import (
    AddressKey,
    ApiToken,
    AuditEntry,
    Change,
    Feed,
    Generation,
    IdempotencyRecord,
    Letter,
    PendingChange,
    Permit,
    RateWindow,
    Site,
    User,
)
from comments.models import (
    Claim,
    Comment,
    CommentLabel,
    CommentPrivate,
    CommentVersion,
    Confirmation,
    Contact,
    ContactRequest,
    Decision,
    DeskPreferences,
    Notice,
    Reading,
    SpentToken,
    Thread,
)
from comments.models.alert import AlertCall, AlertState
from comments.models.care import Appeal, AuthorMessage, Escalation, Report
from comments.models.private import DecisionNote, VersionPrivate
from comments.models.traces import LearnedGate, TextDigest
from tests.articles.suppression.histories import article_with_a_secret, suppressed
from tests.builders import a_published_article, ago, an_entry, reviewed
from tests.matrix.world import a_reply

OURS = ("cms", "articles", "comments")

MUTABLE = {
    # counters and what concerns the desk; no content
    Article,
    Byline,
    CatalogueItem,
    Thread,
    # accounts and the site
    ApiToken,
    Feed,
    Site,
    User,
    # what an editor is typing
    Autosave,
    # what people ask for, agree to and plan around a text; no content
    AskedReviewer,
    ConsentRecord,
    PreviewLink,
    Redirect,
    Release,
    ReleaseItem,
    ReviewRequest,
    # what comes and goes with a request or an instant
    AddressKey,
    Generation,
    IdempotencyRecord,
    Letter,
    PendingChange,
    Permit,
    RateWindow,
    # who reads what at the moderators' desk, what it holds, and what each would rather not see
    Claim,
    SpentToken,
    CommentLabel,
    DeskPreferences,
    Reading,
    # readers' own: what erasing must reach
    Appeal,
    AuthorMessage,
    CommentPrivate,
    Report,
    TextDigest,
    # when moderators were last called
    AlertCall,
    AlertState,
    # who was asked to act on a reply; its words go with the reply
    Escalation,
    # what decisions taught; replaced by the next training
    LearnedGate,
    Confirmation,
    ContactRequest,
    Contact,
    Notice,
    DecisionNote,
    VersionPrivate,
    # what lists and search look through; it goes when an interval is over
    Listing,
    SearchSpelling,
    SearchText,
}
APPEND_ONLY = {
    AuditEntry,
    Change,
    Decision,
    Embed,
    PublicationPerson,
    PublicationTopic,
    Rendering,
    Review,
    Revision,
    SuppressedPublication,
}
PARTLY = {
    # model: the columns that may change after the row was written, in the ways that a trigger lets through
    Publication: {"effective_until", "successor_id", "listable"},
    CatalogueVersion: {"effective_until"},
    Suppression: {"confirmed_by_id", "confirmed_at"},
    Comment: {
        "allows_replies",
        "state",
        "visible",
        "public_version_id",
        "last_child",
        "last_version",
        "sequence",
        "public_replies",
    },
    CommentVersion: {"state", "text", "html", "public_name", "public_website", "erased_at"},
}
KEPT = sorted([*APPEND_ONLY, *PARTLY], key=lambda model: model.__name__)


def columns(model: type[models.Model]) -> set[str]:
    return {field.column for field in model._meta.concrete_fields}


def test_every_model_is_declared_once() -> None:
    ours = {model for model in apps.get_models() if model._meta.app_label in OURS}
    declared = [*MUTABLE, *APPEND_ONLY, *PARTLY]
    assert set(declared) == ours
    assert len(declared) == len(set(declared))


def test_the_columns_that_may_change_exist() -> None:
    for model, changing in PARTLY.items():
        assert changing <= columns(model), model


@pytest.fixture
def rows(db: None, author: User, reviewer: User) -> None:
    """At least one row of everything that is kept, each of them a day old or more."""
    for kind in ("topic", "person", "reference"):
        an_entry(kind, "alpha")
    article = a_published_article(
        by=author,
        kind="guide",
        topics=["alpha"],
        authors=["alpha"],
        body_markdown="Rest [@alpha].\n",
        comments_policy="publish",
    )
    reviewed(article, by=reviewer)
    changes.log(at=ago(days=1), type="article.published", subject=article.pk)
    a_reply(article)
    suppressed(article_with_a_secret(author, slug="another"), by=author, second=reviewer)


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_no_column_that_is_kept_can_be_changed(rows: None, model: type[models.Model]) -> None:
    table, changing = model._meta.db_table, PARTLY.get(model, set())
    assert model._default_manager.exists()
    changed = []
    for column in sorted(columns(model) - changing):
        if not _refused(f"UPDATE {table} SET {column} = {_another(column, model)}"):
            changed.append(column)
    assert changed == []


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_no_row_that_is_kept_can_be_deleted(rows: None, model: type[models.Model]) -> None:
    assert _refused(f"DELETE FROM {model._meta.db_table}")


def _refused(statement: str) -> bool:
    """Whether the database refuses at once; what it did is taken back."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            transaction.set_rollback(True)
    except IntegrityError:
        return True
    return False


def _another(column: str, model: type[models.Model]) -> str:
    """SQL for another value of a column, whatever its type."""
    field = next(field for field in model._meta.concrete_fields if field.column == column)
    kind = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(kind, models.UUIDField):
        return (
            "'01890f5e-0000-7000-8000-000000000000'"
            if connection.vendor == "postgresql"
            else "'01890f5e00007000'"
        )
    if isinstance(kind, models.BooleanField):
        return f"NOT {column}"
    if isinstance(kind, models.DateTimeField):
        return "'2020-01-01 00:00:00'"
    if isinstance(kind, models.BinaryField):
        return r"'\x00'" if connection.vendor == "postgresql" else "x'00'"
    if isinstance(kind, models.JSONField):
        return "'{\"another\": true}'"
    if isinstance(kind, models.CharField | models.TextField):
        return "'another'"
    return f"COALESCE({column}, 0) + 7"
