"""Statements that are compiled once do what the ORM would, and nothing is left of a write that fails inside another."""

from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from articles.models import Publication
from cms import clock, transactions
from cms.errors import WrongState
from cms.prepared import PreparedQuery, insert, insert_unless_there, update
from comments.models import Contact
from tests.builders import a_published_article

pytestmark = pytest.mark.django_db


def live_at(slug: str, now: Any) -> Any:
    rows = Publication.objects.filter(slug=slug, state="live").covering(now)
    return rows.values_list("article_id", "effective_from", "card")


def a_contact(mac: str) -> Contact:
    return Contact(email_sealed=b"sealed", email_mac=mac, created_at=clock.read_instant())


class TestPreparedQuery:
    def test_it_gives_what_the_orm_gives_whatever_the_values(self) -> None:
        for slug in ("one", "two"):
            a_published_article(slug=slug)
        query, now = PreparedQuery(live_at, {"slug": "a-slug", "now": clock.FAR}), clock.read_instant()
        for slug in ("one", "two", "none", "live"):
            assert query.first(slug=slug, now=now) == live_at(slug, now).first(), slug

    def test_a_value_that_the_query_does_not_use_is_an_error(self) -> None:
        def unused(slug: str, now: Any, locale: str) -> Any:
            return live_at(slug, now)

        query = PreparedQuery(unused, {"slug": "a-slug", "now": clock.FAR, "locale": "a-locale"})
        with pytest.raises(ValueError, match="locale"):
            query.first(slug="one", now=clock.now(), locale="en")


class TestRows:
    def test_a_row_is_written_as_the_orm_would_write_it(self) -> None:
        insert(row := a_contact("one"))
        stored = Contact.objects.get(pk=row.pk)
        assert {field.attname: getattr(stored, field.attname) for field in Contact._meta.concrete_fields} == {
            field.attname: getattr(row, field.attname) for field in Contact._meta.concrete_fields
        }

    def test_a_row_whose_place_is_taken_leaves_the_one_that_is_there(self) -> None:
        insert(first := a_contact("one"))
        insert_unless_there(a_contact("one"))
        assert [row.pk for row in Contact.objects.all()] == [first.pk]

    def test_only_the_fields_that_are_named_change(self) -> None:
        insert(row := a_contact("one"))
        insert(other := a_contact("two"))
        row.muted_at = row.notified_at = clock.read_instant()
        update(row, "muted_at")
        assert (stored := Contact.objects.get(pk=row.pk)).muted_at == row.muted_at
        assert stored.notified_at is None
        assert Contact.objects.get(pk=other.pk).muted_at is None


class TestJoined:
    @staticmethod
    def fails_after(mac: str) -> UUID:
        insert(a_contact(mac))
        raise WrongState("It is not the moment.")

    @pytest.mark.django_db(transaction=True)
    def test_alone_it_is_a_transaction_of_its_own(self) -> None:
        with pytest.raises(WrongState):
            transactions.joined(lambda: self.fails_after("one"))
        assert not Contact.objects.exists()

    def test_within_another_a_failure_ends_all_of_it_even_when_it_is_caught(self) -> None:
        def around() -> None:
            insert(a_contact("one"))
            with pytest.raises(WrongState):
                transactions.joined(lambda: self.fails_after("two"))
            Contact.objects.exists()

        with pytest.raises(transaction.TransactionManagementError):
            transactions.run(around)
        assert not Contact.objects.exists()
