"""What the queue can be asked for, and what stands around each reply."""

import pytest

from tests.comments.desk.conftest import QUEUE
from tests.comments.people import form, own, thread_url

pytestmark = pytest.mark.django_db


def found(client, query: str) -> list[str]:
    return [entry["text"] for entry in client.get(f"{QUEUE}?{query}").json()["results"]]


@pytest.fixture
def queue(api, as_moderator, as_moderator2, open_article, replied, moderator, decided) -> None:
    """Of everything that can be asked for, one."""
    for text, typed in (
        ("The café by the river helped.", {"author_name": "Heron Finch"}),
        ("Get m.d.m.a here, dm me: https://shop.example", {"email": "riverside@example.org"}),
        ("My funeral plans are nobody's.", {}),
    ):
        replied(open_article, text, policy="hold", **typed)
    done = replied(open_article, "Old words.", policy="hold")
    comment = decided(done.comment, "publish", moderator)
    headers = own(done.token) | {"If-Match": comment.etag}
    api.patch(f"/api/v1/my/comments/{comment.pk}", {"text": "See https://new.example"}, headers=headers)
    entries = as_moderator.get(QUEUE).json()["results"]
    as_moderator.post(f"{QUEUE}/{entries[0]['id']}/claim")
    as_moderator2.post(f"{QUEUE}/{entries[1]['id']}/claim")


def test_each_filter_gives_what_it_says(as_moderator, queue) -> None:
    cafe, seller, funeral, edit = (
        "The café by the river helped.",
        "Get m.d.m.a here, dm me: https://shop.example",
        "My funeral plans are nobody's.",
        "See https://new.example",
    )
    assert found(as_moderator, "q=CAFE+riv") == [cafe]
    assert found(as_moderator, "q=mdma") == [seller]
    assert found(as_moderator, "q=ver") == [], "the beginning of a word, not its end"
    for hidden in ("riverside", "heron", "old", "example.org"):
        assert found(as_moderator, f"q={hidden}") == [], (
            "addresses, names and earlier versions are not searched"
        )
    assert found(as_moderator, "rule=links") == [seller, edit]
    assert found(as_moderator, "label=death-bereavement") == [funeral]
    assert found(as_moderator, "kind=edit") == [edit]
    assert found(as_moderator, "kind=new&claimed=nobody") == [funeral]
    assert found(as_moderator, "claimed=me") == [cafe]
    assert found(as_moderator, "claimed=others") == [seller]
    assert found(as_moderator, "q=funeral&label=death-bereavement&claimed=nobody&rule=policy") == [funeral]


@pytest.mark.parametrize(
    "query", ["rule=none", "label=love", "claimed=moderator2", "kind=old", "q=", "q=%21%3F", "q=a&q=b"]
)
def test_what_it_does_not_know_is_refused(as_moderator, query) -> None:
    assert as_moderator.get(f"{QUEUE}?{query}").status_code == 400


def test_an_entry_shows_its_reasons_its_folded_words_and_what_it_answers(
    api, as_moderator, article, replied, travel
) -> None:
    parent = replied(article, "I could not sleep either.").comment
    sent = form(text="Ѕее https://shop.example", parent=str(parent.pk))
    api.post(thread_url(article), sent)
    travel(90)
    entry = as_moderator.get(QUEUE).json()["results"][0]
    assert entry["folded_text"] == "see https shop example"
    assert len(entry["reasons"]) == 3
    assert {verdict["rule"] for verdict in entry["verdicts"]} == {"policy", "form", "links"}
    assert entry["in_reply_to"]["text"] == "I could not sleep either."
    assert entry["article"]["title"] == "Sleep after trauma"
    assert 88 <= entry["waiting_seconds"] <= 120
    assert entry["claim"] is None


def test_what_is_answered_shows_nothing_that_is_not_public(
    as_moderator, moderator, article, replied, decided
) -> None:
    parent = replied(article, "Public for a day.").comment
    replied(article, "An answer.", to=parent, policy="hold")
    decided(parent, "remove", moderator)
    shown = as_moderator.get(QUEUE).json()["results"][0]["in_reply_to"]
    assert (shown["state"], shown["text"], shown["author"]) == ("removed", None, None)
