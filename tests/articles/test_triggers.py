"""The triggers survive migrations, and nothing serves without them (T16)."""

import importlib
import sys
from collections.abc import Iterator

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection, models

from articles.models import Publication, Revision
from cms import triggers
from tests.articles.refusals import refused, sql
from tests.builders import a_published_article, ago

TABLES = (Publication, Revision)


@pytest.fixture
def rebuilt(transactional_db: None) -> Iterator[None]:
    """The tables have been altered as a later migration would, which on SQLite makes them anew; then put back."""
    for model in TABLES:
        _lengthen(model, by=1)
    yield
    for model in TABLES:
        _lengthen(model, by=-1)


def _lengthen(model: type[models.Model], by: int) -> None:
    name = "change_note" if model is Publication else "message"
    old = model._meta.get_field(name)
    new = old.clone()
    new.max_length = old.max_length + max(by, 0)
    new.set_attributes_from_name(name)
    new.model = model
    was = old.clone()
    was.max_length = old.max_length + max(-by, 0)
    was.set_attributes_from_name(name)
    was.model = model
    with connection.schema_editor() as editor:
        editor.alter_field(model, was, new)


def test_a_table_that_was_made_anew_has_its_triggers_after_migrate(rebuilt: None) -> None:
    call_command("migrate", verbosity=0)
    assert triggers.missing(connection) == []


def test_history_is_kept_in_a_table_that_was_made_anew(rebuilt: None) -> None:
    call_command("migrate", verbosity=0)
    article = a_published_article()
    with refused("publication_is_history"):
        Publication.objects.filter(article=article).update(slug="another")
    with refused("publication_is_history"):
        sql("DELETE FROM articles_publication")
    with refused("articles_revision_append_only"):
        sql("UPDATE articles_revision SET message = 'rewritten'")
    with refused("publication_no_gap", "publication_is_history"):
        Publication.objects.filter(article=article).update(effective_until=ago(days=1))


def test_the_triggers_are_made_again_by_migrate(transactional_db: None) -> None:
    triggers.remove(connection)
    assert len(triggers.missing(connection)) > 20
    call_command("migrate", verbosity=0)
    assert triggers.missing(connection) == []


def test_the_server_refuses_to_start_without_a_trigger(transactional_db: None) -> None:
    _drop_one()
    with pytest.raises(ImproperlyConfigured, match=r"kt_publication_update.*manage\.py migrate"):
        _start()


def test_the_server_starts_with_all_triggers(transactional_db: None) -> None:
    assert callable(_start().application)


def test_a_missing_trigger_is_named_by_the_system_check(transactional_db: None) -> None:
    _drop_one()
    messages = [message for message in run_checks(databases=["default"]) if message.id == "cms.W002"]
    assert [message.msg for message in messages] == [
        "The database lacks these triggers: kt_publication_update."
    ]


def _drop_one() -> None:
    table = " ON articles_publication" if connection.vendor == "postgresql" else ""
    sql(f"DROP TRIGGER kt_publication_update{table}")


def _start() -> object:
    """Load the WSGI application as a server does."""
    sys.modules.pop("cms.wsgi", None)
    return importlib.import_module("cms.wsgi")
