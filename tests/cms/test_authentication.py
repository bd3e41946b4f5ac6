"""Tokens and sessions: what lets in, what no longer does, and that nobody learns why not."""

from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from cms import clock
from cms.models import ApiToken

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.cms.urls")]
PATH = "/api/v1/editorial/writing"


def status(client, header):
    return client.get(PATH, headers={"authorization": header}).status_code


def test_a_token_lets_its_user_in(client, token_of):
    assert status(client, f"Bearer {token_of('editor')}") == 200
    assert status(client, f"bearer  {token_of('editor')}") == 200


def test_a_token_tells_what_it_is_and_is_stored_as_a_digest(token_of):
    token = token_of("editor")
    assert token.startswith("kt_")
    stored = str(ApiToken.objects.values().get())
    assert token not in stored
    assert token[20:] not in stored


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer ",
        "Bearer kt_",
        "Bearer kt_" + "0" * 64,
        "Bearer kt_" + "0" * 100_000,
        "Bearer ka_" + "x" * 43,
        "Bearer kt_é",
        "Bearer kt_a kt_b",
    ],
)
def test_whatever_is_wrong_with_a_token_the_answer_is_the_same(client, header):
    answer = client.get(PATH, headers={"authorization": header})
    assert answer.status_code == 401
    assert answer.json()["detail"] == "The credentials were not accepted."
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_token_with_one_other_character_is_refused(client, token_of):
    token = token_of("editor")
    assert status(client, f"Bearer {token[:-1]}{'0' if token[-1] != '0' else '1'}") == 401


def test_an_expired_token_is_refused(client, token_of):
    token = token_of("editor")
    ApiToken.objects.update(expiry=clock.now() - timedelta(seconds=1))
    assert status(client, f"Bearer {token}") == 401


def test_a_revoked_token_is_refused(client, token_of):
    token = token_of("editor")
    ApiToken.objects.all().delete()
    assert status(client, f"Bearer {token}") == 401


def test_a_disabled_user_is_out_at_once(client, somebody, token_of):
    token = token_of("editor")
    somebody("editor").__class__.objects.update(is_active=False)
    assert status(client, f"Bearer {token}") == 401


def test_a_role_taken_away_is_gone_at_once(client, somebody, token_of):
    token = token_of("editor")
    somebody("editor").groups.clear()
    assert status(client, f"Bearer {token}") == 403


def test_reading_a_token_costs_two_queries(client, token_of, django_assert_num_queries):
    token = token_of("editor")
    with django_assert_num_queries(2):  # the token with its user; the roles
        assert status(client, f"Bearer {token}") == 200


def test_a_session_reads_without_and_writes_with_its_csrf_token(somebody):
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(somebody("editor"))
    assert browser.get(PATH).status_code == 200
    answer = browser.post(PATH, {"title": "x"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")


def test_the_csrf_token_goes_in_a_header(somebody):
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(somebody("editor"))
    browser.cookies["csrf"] = "a" * 32
    answer = browser.post(PATH, {"title": "x"}, format="json", headers={"x-csrftoken": "a" * 32})
    assert answer.status_code == 201


def test_a_program_needs_no_csrf_token(token_of):
    program = APIClient(enforce_csrf_checks=True)
    program.credentials(HTTP_AUTHORIZATION=f"Bearer {token_of('editor')}")
    assert program.post(PATH, {"title": "x"}, format="json").status_code == 201
