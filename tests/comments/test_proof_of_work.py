"""ALTCHA, where a site asks for it: challenges are made here and solved there; what is not solved holds the reply."""

import base64
import json
from typing import Any

import pytest
from altcha import Challenge, Payload, solve_challenge

from comments.models import SpentToken
from tests.client import ApiClient
from tests.comments.forms import filled
from tests.comments.people import thread_url
from tests.comments.test_form_tokens import verdicts

pytestmark = pytest.mark.django_db

CHALLENGE = "/api/v1/form-tokens/challenge"


@pytest.fixture
def asking(settings: Any) -> None:
    """A site that asks for a proof, of little work."""
    settings.COMMENT_ALTCHA, settings.ALTCHA_COST = True, 1


def solution(api: ApiClient) -> str:
    """What ALTCHA's widget sends: the challenge, and the number that a browser searched for."""
    challenge = Challenge.from_dict(api.get(CHALLENGE).json())
    payload: str = Payload(challenge, solve_challenge(challenge)).to_base64()
    return payload


def altered(payload: str, **parameters: Any) -> str:
    document = json.loads(base64.b64decode(payload))
    document["challenge"]["parameters"] |= parameters
    return base64.b64encode(json.dumps(document).encode()).decode()


def test_a_site_that_asks_for_none_has_no_challenge_and_looks_at_no_proof(api, open_article) -> None:
    assert api.get(CHALLENGE).status_code == 404
    assert api.post(thread_url(open_article), filled(open_article, altcha="nonsense")).status_code == 201


def test_a_solved_challenge_lets_a_reply_appear_at_once_and_once_only(api, open_article, asking) -> None:
    answer = api.get(CHALLENGE)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    proof = solution(api)
    sent = filled(open_article, altcha=proof)
    assert api.post(thread_url(open_article), sent).status_code == 201
    assert api.post(thread_url(open_article), sent)["Idempotent-Replayed"] == "true"
    replayed = api.post(thread_url(open_article), filled(open_article, altcha=proof))
    assert (replayed.status_code, verdicts("proof")) == (202, ["Its proof of work had been sent before."])
    assert SpentToken.objects.count() == 3


def test_without_one_or_with_another_a_reply_waits(api, open_article, asking, settings) -> None:
    proof = solution(api)
    wrong = ["", None, "nonsense", "e30=", "W10=", "bnVsbA==", "é", "A" * 20_000]
    wrong += [altered(proof, cost=0), altered(proof, keyPrefix=""), altered(proof, expiresAt=9_999_999_999)]
    for payload in wrong:
        sent = api.post(thread_url(open_article), filled(open_article, altcha=payload))
        assert sent.status_code == 202, payload
        assert len(verdicts("proof")) == 1
        assert sent.json()["author_token"]
    settings.TOKEN_KEYS = ["k" * 40]
    api.post(thread_url(open_article), filled(open_article, altcha=proof))
    assert verdicts("proof") == ["Its proof of work is not one, or is too old."]
