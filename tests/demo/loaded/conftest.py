"""The demonstration, loaded once for all tests of this folder, inside a transaction that ends with the last."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from articles.demo import accounts
from articles.models import Publication
from cms import clock
from comments import demo as demonstration

PASSWORDS = dict.fromkeys(accounts.ROLE_OF, "correct-horse-battery")


@pytest.fixture(scope="package")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """The passwords of the loaded demonstration's users."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert demonstration.load(PASSWORDS)
        connection.check_constraints()
        yield PASSWORDS
        transaction.set_rollback(True)


@pytest.fixture
def rows(demo: dict[str, str]) -> list[Publication]:
    """Every publication that has begun, article by article, in time order."""
    begun = Publication.objects.begun(clock.now()).select_related(
        "rendering", "revision", "review", "article"
    )
    return list(begun.order_by("article_id", "effective_from"))


@pytest.fixture
def documents(rows: list[Publication]) -> list[dict[str, Any]]:
    """Every document that was ever served, past ones too."""
    return [document_of(row) for row in rows if row.rendering]


@pytest.fixture
def current(demo: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What is readable now, by slug."""
    readable = Publication.objects.covering(clock.now()).readable().select_related("rendering")
    return {row.slug: document_of(row) for row in readable}


def document_of(row: Publication) -> dict[str, Any]:
    assert row.rendering is not None
    document: dict[str, Any] = json.loads(bytes(row.rendering.body))
    return document
