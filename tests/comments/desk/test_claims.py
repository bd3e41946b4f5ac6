"""Claims: one reply is read by one moderator at a time, and nobody is kept from their own words."""

import pytest

from cms.models import AuditEntry, IdempotencyRecord
from comments.models import Claim, Comment
from tests.client import ApiClient
from tests.comments.desk.conftest import QUEUE
from tests.comments.people import form, own, thread_url
from tests.concurrency import together

pytestmark = pytest.mark.django_db
NEXT = f"{QUEUE}/next"


def test_next_hands_out_the_gravest_then_the_oldest_and_never_one_that_is_read(
    as_moderator, as_moderator2, article, replied, travel
) -> None:
    for text in ("First.", "I want to die.", "Second."):
        replied(article, text, policy="hold")
        travel(2)
    handed = [client.post(NEXT).json()["text"] for client in (as_moderator, as_moderator2, as_moderator)]
    assert handed == ["I want to die.", "First.", "Second."]
    nothing = as_moderator2.post(NEXT)
    assert (nothing.status_code, nothing.json()["code"]) == (404, "nothing_waits")
    assert (nothing.json()["waiting"], nothing.json()["claimed"]) == (3, 3)


def test_what_is_handed_out_can_be_decided_with_its_tag(as_moderator, article, replied) -> None:
    comment = replied(article, policy="hold").comment
    handed = as_moderator.post(NEXT)
    assert handed["ETag"] == handed.json()["etag"]
    assert handed.json()["claim"]["by"] == "moderator"
    sent = {"decision": "publish", "version": handed.json()["version"]}
    url = f"{QUEUE}/{comment.pk}/decisions"
    assert as_moderator.post(url, sent, headers={"If-Match": handed["ETag"]}).status_code == 201
    assert not Claim.objects.exists()
    assert as_moderator.get(f"{QUEUE}/{comment.pk}").json()["claim"] is None


def test_a_claim_ends_by_itself(as_moderator, as_moderator2, article, replied, travel, settings) -> None:
    comment = replied(article, policy="hold").comment
    as_moderator.post(NEXT)
    assert as_moderator2.post(f"{QUEUE}/{comment.pk}/claim").status_code == 409
    travel(settings.COMMENT_CLAIM_TIME.total_seconds() + 1)
    assert as_moderator.get(f"{QUEUE}/{comment.pk}").json()["claim"] is None
    assert as_moderator2.post(NEXT).json()["id"] == str(comment.pk)


def test_whoever_reads_it_is_named_to_other_moderators_and_decides_alone(
    as_moderator, as_moderator2, as_administrator, article, replied, decide
) -> None:
    comment = replied(article, policy="hold").comment
    as_moderator.post(f"{QUEUE}/{comment.pk}/claim")
    refused = decide(as_moderator2, comment, "publish")
    assert (refused.status_code, refused.json()["code"]) == (409, "claimed")
    assert refused.json()["claimed_by"] == "moderator"
    assert refused.json()["claimed_until"].endswith("Z")
    for verb in ("claim", "release"):
        assert as_moderator2.post(f"{QUEUE}/{comment.pk}/{verb}").json()["code"] == "claimed"
    assert decide(as_administrator, comment, "publish").status_code == 201


def test_what_one_gave_back_or_put_aside_is_handed_to_somebody_else(
    as_moderator, as_moderator2, article, replied, decide, undo
) -> None:
    given, aside = [replied(article, text, policy="hold").comment for text in ("Given.", "Aside.")]
    as_moderator.post(f"{QUEUE}/{given.pk}/claim")
    for _ in range(2):
        assert as_moderator.post(f"{QUEUE}/{given.pk}/release").status_code == 204
    held = decide(as_moderator, aside, "hold").json()
    assert as_moderator.post(NEXT).json()["code"] == "nothing_waits"
    assert {as_moderator2.post(NEXT).json()["id"] for _ in range(2)} == {str(given.pk), str(aside.pk)}
    as_moderator2.post(f"{QUEUE}/{aside.pk}/release")
    undo(as_moderator, aside, held["id"])
    assert as_moderator.post(NEXT).json()["id"] == str(aside.pk)
    assert as_moderator2.post(f"{QUEUE}/{given.pk}/claim").status_code == 200, "by its id, always"


def test_a_claim_keeps_no_author_from_editing_or_erasing(api, as_moderator, article) -> None:
    answer = api.post(thread_url(article), form()).json()
    url, headers = answer["links"]["self"], own(answer["author_token"])
    as_moderator.post(NEXT)
    tag = api.get(url, headers=headers)["ETag"]
    assert api.patch(url, {"text": "Better."}, headers=headers | {"If-Match": tag}).status_code == 200
    assert api.delete(url, headers=headers).status_code == 204
    again = as_moderator.post(f"{QUEUE}/{answer['id']}/claim")
    assert again.json()["code"] == "not_claimable"


def test_a_repeated_request_gets_the_same_reply_and_keeps_no_copy_of_its_words(
    api, as_moderator, article, replied
) -> None:
    answer = api.post(thread_url(article), form(text="Words to erase.")).json()
    key = {"Idempotency-Key": "once"}
    first, again = as_moderator.post(NEXT, headers=key), as_moderator.post(NEXT, headers=key)
    assert first.json()["id"] == again.json()["id"] == answer["id"]
    assert again["Idempotent-Replayed"] == "true"
    before = IdempotencyRecord.objects.count()
    api.delete(answer["links"]["self"], headers=own(answer["author_token"]))
    assert as_moderator.post(NEXT, headers=key).json()["text"] == ""
    assert IdempotencyRecord.objects.count() == before


def test_claims_are_audited_without_a_word_of_the_reply(as_moderator, article, replied) -> None:
    comment = replied(article, policy="hold").comment
    as_moderator.post(NEXT)
    as_moderator.post(f"{QUEUE}/{comment.pk}/release")
    entries = AuditEntry.objects.filter(actor__username="moderator", subject=comment.pk).order_by("id")
    assert [(entry.verb, entry.detail) for entry in entries] == [
        ("comment.claim", {}),
        ("comment.release", {}),
    ]


@pytest.mark.parametrize("verb", ["claim", "release"])
def test_one_that_does_not_exist_cannot_be_claimed(as_moderator, verb) -> None:
    url = f"{QUEUE}/01890a5d-ac96-774b-bcce-b302099a8057/{verb}"
    assert as_moderator.post(url).status_code == 404
    assert as_moderator.post(url, {"by": "me"}).status_code in (404, 422)


@pytest.mark.django_db(transaction=True)
def test_two_moderators_at_once_never_get_the_same(
    article, replied, moderator, moderator2, token_for
) -> None:
    comments = {str(replied(article, f"Number {n}.", policy="hold").comment.pk) for n in range(6)}
    tokens = [token_for(user) for user in (moderator, moderator2)] * 4
    answers = together([lambda token=token: ApiClient(token=token).post(NEXT) for token in tokens])
    handed = [answer.json()["id"] for answer in answers if answer.status_code == 200]
    assert sorted(handed) == sorted(comments)
    assert sorted(answer.status_code for answer in answers) == [200] * 6 + [404] * 2
    assert Comment.objects.filter(claim__isnull=False).count() == 6
