"""A write: once for each key, all or nothing, answered when its time has come."""

import json
from datetime import timedelta

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from cms import clock, errors, idempotency
from cms.models import AuditEntry, IdempotencyRecord, RateWindow
from cms.writing import Answer, perform
from tests.cms.views import SECRET, Writing

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.cms.urls")]
PATH = "/api/v1/editorial/writing"


def post(client, key=None, path=PATH, **body):
    headers = {"idempotency-key": key} if key is not None else {}
    return client.post(path, body or {"title": "x"}, format="json", headers=headers)


def test_without_a_key_every_post_has_its_effect(desk):
    assert post(desk).json() != post(desk).json()
    assert AuditEntry.objects.count() == 2


def test_a_key_sent_again_gets_the_first_answer_and_has_no_second_effect(desk):
    first, again = post(desk, "k-1"), post(desk, "k-1")
    assert (again.status_code, again.content) == (first.status_code, first.content) == (201, first.content)
    assert again["Location"] == first["Location"]
    assert again["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first
    assert again["Cache-Control"] == "no-store"
    assert AuditEntry.objects.count() == 1


def test_the_order_of_members_is_not_part_of_a_body(desk):
    first = post(desk, "k-1", title="x", parts=[])
    assert post(desk, "k-1", parts=[], title="x").json() == first.json()


def test_a_key_with_another_body_is_refused(desk):
    post(desk, "k-1")
    answer = post(desk, "k-1", title="y")
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_reused")
    assert AuditEntry.objects.count() == 1


def test_a_key_at_another_address_of_the_route_is_refused(client):
    post(client, "k-1", "/api/v1/posting/one", text="x")
    answer = post(client, "k-1", "/api/v1/posting/two", text="x")
    assert answer.json()["code"] == "idempotency_key_reused"


def test_keys_of_another_caller_or_route_are_other_keys(client, token_of):
    ids = set()
    for role in ("editor", "author"):
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {token_of(role)}")
        ids.add(post(client, "k-1").json()["id"])
    ids.add(post(client, "k-1", "/api/v1/posting", text="x").json()["id"])
    assert len(ids) == 3


def test_readers_without_an_account_are_replayed_by_the_key_alone(client):
    first = post(client, "k-1", "/api/v1/posting", text="x")
    assert post(client, "k-1", "/api/v1/posting", text="x").json() == first.json()


def test_a_replay_counts_towards_no_limit(client, settings):
    settings.RATE_LIMITS = {"comments": (1, 600)}
    post(client, "k-1", "/api/v1/posting", text="x")
    assert post(client, "k-1", "/api/v1/posting", text="x").status_code == 201
    refused = post(client, "k-2", "/api/v1/posting", text="x")
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert refused["RateLimit"].startswith('"comments";r=0')
    assert RateWindow.objects.get().count == 1


@pytest.mark.django_db(transaction=True)
def test_a_failure_is_not_remembered_and_leaves_nothing(desk):
    assert post(desk, "k-1", title="refused").status_code == 409
    assert not IdempotencyRecord.objects.exists()
    assert not AuditEntry.objects.exists()
    assert post(desk, "k-1").status_code == 201


def test_invalid_input_is_not_remembered(desk):
    assert post(desk, "k-1", titel="x").status_code == 422
    assert post(desk, "k-1").status_code == 201


@pytest.mark.parametrize("key", ["", " ", "a b", "é", "x" * 256, "a\tb"])
def test_a_key_of_another_form_is_malformed(desk, key):
    answer = post(desk, key)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_idempotency_key")
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("key", ["x", "x" * 255, "!~"])
def test_keys_are_any_visible_characters(desk, key):
    assert post(desk, key).status_code == 201


def test_a_key_is_forgotten_after_a_day(desk, travel):
    first = post(desk, "k-1").json()
    travel(24 * 3600 + 1)
    assert post(desk, "k-1", title="y").json() != first
    assert IdempotencyRecord.objects.count() == 1


def test_forgotten_records_are_swept(desk):
    post(desk, "k-1")
    assert idempotency.sweep(clock.now()) == 0
    assert idempotency.sweep(clock.now() + timedelta(hours=25)) == 1


def test_the_record_can_be_read_by_nobody_without_the_client_s_key(desk):
    post(desk, "client-key-1", title="planted title")
    stored = repr(IdempotencyRecord.objects.values().get()) + str(
        bytes(IdempotencyRecord.objects.get().sealed)
    )
    for secret in (SECRET, "client-key-1", "planted title"):
        assert secret not in stored


def test_records_outlive_a_rotation_of_keys(desk, settings):
    first = post(desk, "k-1").json()
    settings.TOKEN_KEYS = ["n" * 40, *settings.TOKEN_KEYS]
    assert post(desk, "k-1").json() == first


def test_a_key_means_nothing_to_a_patch(desk):
    headers = {"if-match": '"r7-31"', "idempotency-key": "k-1"}
    desk.patch(PATH, {"title": "x"}, format="json", headers=headers)
    assert not IdempotencyRecord.objects.exists()


def test_a_stranger_s_key_is_not_looked_up(client):
    assert post(client, "k-1").status_code == 401
    assert not IdempotencyRecord.objects.exists()


def test_the_answer_is_given_when_its_instant_has_come():
    instant = clock.stamp()
    request = Request(APIRequestFactory().post("/"))
    perform(request, lambda: Answer(200, {}, wait_until=instant))
    assert clock.now() >= instant


def test_a_replay_waits_for_the_same_instant():
    instant = clock.stamp()

    def send():
        request = Request(APIRequestFactory().post("/", HTTP_IDEMPOTENCY_KEY="k-1"))
        return perform(request, lambda: Answer(200, {"at": instant}, wait_until=instant))

    send()
    again = send()
    assert again["Idempotent-Replayed"] == "true"
    assert json.loads(json.dumps(again.data)) == {"at": instant.isoformat().replace("+00:00", "Z")}


@pytest.mark.django_db(transaction=True)
def test_what_came_too_late_is_stamped_again():
    tries = []

    def work():
        tries.append(1)
        if len(tries) < 3:
            raise errors.CommitTooLate("Too late.")
        return Answer(200, {"tries": len(tries)})

    assert perform(Request(APIRequestFactory().post("/")), work).data == {"tries": 3}


def form_answer(answer, method="POST", view=None):
    """The response to a form, and what the next page will say."""
    plain = APIRequestFactory().generic(method, f"{PATH}/x", HTTP_ACCEPT="text/html")
    plain.is_page_form = True
    plain._messages = CookieStorage(plain)
    response = perform(Request(plain, parser_context={"view": view}), lambda: answer)
    return response, [str(message) for message in plain._messages]


def test_a_form_is_sent_on_to_what_it_made_with_a_message():
    location = "https://api.example.org/api/v1/editorial/articles/1"
    response, said = form_answer(Answer(201, {"id": 1}, {"Location": location}))
    assert (response.status_code, response["Location"]) == (303, "/api/v1/editorial/articles/1")
    assert said == ["Created."]


def test_a_form_that_changes_a_page_comes_back_to_it():
    response, said = form_answer(Answer(200, {}), "PATCH", view=Writing())
    assert response["Location"] == "/api/v1/editorial/writing/x"
    assert said == ["Saved."]


@pytest.mark.parametrize(("method", "view"), [("DELETE", Writing()), ("POST", object())])
def test_a_form_whose_page_is_gone_or_none_goes_to_the_parent(method, view):
    response, _ = form_answer(Answer(204), method, view=view)
    assert response["Location"] == "/api/v1/editorial/writing"


def test_warnings_are_told_on_the_next_page():
    _, said = form_answer(
        Answer(200, {"warnings": [{"message": "No alternative text."}, "Long."]}), view=Writing()
    )
    assert said == ["Saved.", "No alternative text.", "Long."]


def test_a_secret_that_is_shown_once_is_shown_to_a_form_too():
    response, _ = form_answer(Answer(201, {"token": SECRET}, shown_once=True))
    assert (response.status_code, response.data["token"]) == (201, SECRET)
