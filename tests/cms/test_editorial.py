"""Working here: by role and scope, never stored, every mistake in a body told with its place."""

import pytest

from tests.cms.views import TAG

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.cms.urls")]
PATH = "/api/v1/editorial/writing"


def errors(answer):
    return {(error["pointer"], error["code"]) for error in answer.json()["errors"]}


def test_a_stranger_is_asked_to_sign_in(client):
    answer = client.get(PATH)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="Kintsugi"'
    assert answer.json()["code"] == "not_authenticated"


def test_a_moderator_may_not_read_drafts(client, token_of):
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token_of('moderator')}")
    answer = client.get(PATH)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        ("author", {"GET": 200, "POST": 201, "DELETE": 403}),
        ("editor", {"GET": 200, "POST": 201, "DELETE": 204}),
        ("reviewer", {"GET": 200, "POST": 403, "DELETE": 403}),
        ("moderator", {"GET": 403, "POST": 403, "DELETE": 403}),
        ("administrator", {"GET": 200, "POST": 201, "DELETE": 204}),
    ],
)
def test_each_role_may_do_what_the_table_says(client, token_of, role, statuses):
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token_of(role)}")
    for method, status in statuses.items():
        assert (
            client.generic(method, PATH, '{"title": "x"}', content_type="application/json").status_code
            == status
        )


def test_a_token_narrowed_to_reading_writes_nothing(client, token_of):
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token_of('editor', 'articles:read')}")
    assert client.get(PATH).status_code == 200
    assert client.post(PATH, {"title": "x"}, format="json").status_code == 403


def test_a_method_without_a_verb_is_closed_even_to_administrators(client, token_of):
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token_of('administrator')}")
    assert client.get("/api/v1/editorial/closed").status_code == 403
    assert client.put("/api/v1/editorial/closed").status_code == 405


def test_no_answer_may_be_stored(desk):
    for answer in (desk.get(PATH), desk.get(PATH, {"state": "x"}), desk.post(PATH, {}, format="json")):
        assert answer["Cache-Control"] == "no-store"


def test_a_read_gives_the_tag_that_a_write_must_name(desk):
    assert desk.get(PATH)["ETag"] == TAG


@pytest.mark.parametrize(
    ("sent", "status"), [(None, 428), ("*", 400), ('"r1-1"', 412), (TAG, 200), (f"W/{TAG}", 200)]
)
def test_a_change_names_what_it_was_based_on(desk, sent, status):
    headers = {"if-match": sent} if sent else {}
    answer = desk.patch(PATH, {"title": "x"}, format="json", headers=headers)
    assert answer.status_code == status


def test_a_patch_may_be_a_merge_patch_and_a_post_may_not(desk):
    merge = "application/merge-patch+json"
    answer = desk.patch(PATH, '{"title": "x"}', content_type=merge, headers={"if-match": TAG})
    assert answer.json() == {"merge": False, "title": "x"}
    assert desk.post(PATH, '{"title": "x"}', content_type=merge).status_code == 415


def test_each_method_has_parameters_of_its_own(desk):
    headers = {"if-match": TAG}
    answer = desk.patch(f"{PATH}?merge=true", {"title": "x"}, format="json", headers=headers)
    assert answer.json()["merge"] is True
    assert desk.get(f"{PATH}?merge=true").status_code == 400
    assert desk.patch(f"{PATH}?state=live", {"title": "x"}, format="json", headers=headers).status_code == 400


def test_everything_wrong_in_a_body_is_told_at_once_with_its_place(desk):
    body = {"titel": "x", "parts": [{"name": "ok"}, {"name": "too long", "a/b": 1}]}
    answer = desk.post(PATH, body, format="json")
    assert answer.status_code == 422
    assert errors(answer) == {
        ("/titel", "unknown_field"),
        ("/title", "required"),
        ("/parts/1/name", "max_length"),
        ("/parts/1/a~1b", "unknown_field"),
    }


@pytest.mark.parametrize("parts", ["x", {"name": "x"}, [1], [[]], None])
def test_a_nested_value_of_another_type_is_a_mistake_like_any_other(desk, parts):
    answer = desk.post(PATH, {"title": "x", "parts": parts}, format="json")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"].startswith("/parts")


@pytest.mark.parametrize("sent", ["", "?nothing-of-that-name=1"])
def test_no_parameter_is_in_the_way_of_what_may_be_done_here(desk, sent):
    assert desk.options(f"{PATH}{sent}").status_code == 204
    assert desk.put(f"{PATH}{sent}", {}).status_code == 405


def test_options_and_head_are_answered(desk):
    assert desk.options(PATH)["Allow"] == "GET, POST, PATCH, DELETE, HEAD, OPTIONS"
    assert desk.head(PATH)["ETag"] == TAG
