"""R1: many clients save one article again and again; every success is a revision, every other answer is a 412."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client

from articles.models import Article, Revision
from cms.models import User
from tests.builders import an_article, fresh
from tests.concurrency import alone, together
from tests.load.length import TIMES

pytestmark = pytest.mark.django_db(transaction=True)
CLIENTS, EDITS = 8, 50


@pytest.mark.parametrize("round_", range(TIMES))
def test_eight_who_save_fifty_times_each_lose_nothing(
    round_: int, editor: User, token_for: Callable[..., str]
) -> None:
    article = an_article()
    tokens = [token_for(editor) for _ in range(CLIENTS)]
    counts = together(
        [lambda n=n, token=token: saves_of(article, token, n) for n, token in enumerate(tokens)]
    )
    total = sum(counts, Counter())
    assert set(total) == {200, 412}
    assert total.total() == CLIENTS * EDITS
    kept = [row.document["summary"] for row in Revision.objects.filter(article=article).order_by("number")]
    assert len(kept) == len(set(kept)) == total[200] + 1 == fresh(article).head_number


def saves_of(article: Article, token: str, name: int) -> Counter[int]:
    """Each save goes out with the tag that the answer before it gave; a late one reads again."""
    client = Client(headers={"authorization": f"Bearer {token}"})
    address = f"/api/v1/editorial/articles/{article.pk}"
    seen: Counter[int] = Counter()
    tag = alone(lambda: client.get(address))["ETag"]
    for number in range(EDITS):
        answer = alone(partial(save, client, address, f"By {name}, as number {number}.", tag))
        seen[answer.status_code] += 1
        tag = answer["ETag"] if answer.status_code == 200 else alone(lambda: client.get(address))["ETag"]
    return seen


def save(client: Client, address: str, summary: str, tag: str) -> Any:
    return client.patch(
        address, {"summary": summary}, content_type="application/json", headers={"if-match": tag}
    )
