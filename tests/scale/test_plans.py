"""Whatever is asked often is found by walking an index, of 100,000 articles with ten versions each as of a hundred.

SQLite keeps no statistics unless told to, so that its plans are the same at any size. PostgreSQL is told here that
the tables hold as much as they would then (`reltuples`); what its columns hold it has counted itself.
"""

import pytest
from django.db import connection

from articles.models import Publication
from tests.scale.explaining import faults, plan
from tests.scale.hot import hot

pytestmark = pytest.mark.django_db

MANY = 100_000 * 10


@pytest.fixture
def many(site: str) -> None:
    """The site, which its database takes for one of `MANY` publications and as many replies."""
    factor = MANY / Publication.objects.count()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            cursor.execute(
                "UPDATE pg_class SET reltuples = reltuples * %s WHERE reltuples > 0 AND relkind IN ('r', 'i') "
                "AND relnamespace = 'public'::regnamespace",
                [factor],
            )


def test_what_is_asked_often_is_found_by_indexes_alone(many: None) -> None:
    wrong = [
        f"{asked.name} ({asked.path}): {fault}\n  {said.sql[:1500]}\n  " + "\n  ".join(plan(said))
        for asked in hot()
        for said in asked.sent()
        for fault in faults(said, sorts=asked.sorts, whole=asked.whole)
    ]
    assert not wrong, "\n".join(wrong)
