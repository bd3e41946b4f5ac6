"""POST /api/v1/editorial/preview-markdown"""

import pytest

from articles.models import Article
from tests.articles.reader import document
from tests.builders import TEXT, a_published_article
from tests.client import ApiClient

pytestmark = pytest.mark.django_db
PREVIEW = "/api/v1/editorial/preview-markdown"


def test_it_shows_what_publishing_would_make_of_a_text(as_author: ApiClient) -> None:
    answer = as_author.post(PREVIEW, {"body_markdown": TEXT})
    assert answer.status_code == 200
    served = document(a_published_article(body_markdown=TEXT))["body"]
    assert answer.json()["word_count"] == served["word_count"]
    assert [block["html"] for block in answer.json()["blocks"]] == [
        block["html"] for block in served["blocks"]
    ]


def test_nothing_is_stored(as_author: ApiClient) -> None:
    as_author.post(PREVIEW, {"body_markdown": TEXT})
    assert not Article.objects.exists()


def test_what_would_be_left_out_is_told(as_author: ApiClient) -> None:
    body = as_author.post(PREVIEW, {"body_markdown": "<script>alert(1)</script>\n"}).json()
    assert "<script" not in body["html"]
    assert body["findings"]
    assert {finding["location"] for finding in body["findings"]} == {"/body_markdown"}


@pytest.mark.parametrize(
    ("sent", "code"),
    [({}, "required"), ({"body_markdown": ["x"]}, "invalid"), ({"body_markdown": None}, "null")],
)
def test_what_is_wrong_is_422(as_author: ApiClient, sent: dict[str, object], code: str) -> None:
    answer = as_author.post(PREVIEW, sent)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)


@pytest.mark.parametrize(("role", "status"), [("reviewer", 200), ("moderator", 403), ("stranger", 403)])
def test_who_may(request: pytest.FixtureRequest, role: str, status: int) -> None:
    client: ApiClient = request.getfixturevalue(f"as_{role}")
    assert client.post(PREVIEW, {"body_markdown": "Text."}).status_code == status
