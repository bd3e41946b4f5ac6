"""A small made-up site, written once for all tests of this folder, inside a transaction that ends with the last."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

ARTICLES, VERSIONS, COMMENTS, WORDS = 120, 4, 600, 120


@pytest.fixture(scope="package")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """What the command printed."""
    out = io.StringIO()
    asked = {"articles": ARTICLES, "versions": VERSIONS, "comments": COMMENTS, "words": WORDS}
    asked |= {"topics": 14, "seed": 7}
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("seed_scale", **asked, stdout=out)
        connection.check_constraints()
        yield out.getvalue()
        transaction.set_rollback(True)
