"""Form tokens: minted for anybody, sent once; whatever is wrong with one holds the reply and never refuses it."""

from datetime import timedelta

import pytest

from cms import clock
from comments import form_tokens
from comments.actions import spending
from comments.models import Comment, SpentToken, VersionPrivate
from tests.client import ApiClient
from tests.comments.forms import a_token, filled
from tests.comments.people import FORM, form, own, thread_url
from tests.comments.test_at_once import at_once

pytestmark = pytest.mark.django_db

MINT = "/api/v1/form-tokens"


def verdicts(rule: str) -> list[str]:
    """What a rule says of the last reply."""
    private = VersionPrivate.objects.latest("version__created_at", "version__id")
    return [verdict["explanation"] for verdict in private.verdicts if verdict["rule"] == rule]


class TestMinting:
    def test_a_token_is_minted_for_an_article_and_told_once(
        self, api: ApiClient, open_article, travel
    ) -> None:
        answer = api.post(MINT, {"article": str(open_article.pk)})
        assert answer.status_code == 201
        assert answer["Cache-Control"] == "no-store"
        assert answer["RateLimit"].startswith('"form-tokens"')
        token = answer.json()["form_token"]
        assert form_tokens.read(token).article_id == open_article.pk
        travel(30)
        sent = api.post(thread_url(open_article), form(form_token=token))
        assert sent.status_code == 201

    def test_it_says_nothing_about_who_asked(self, api: ApiClient, open_article) -> None:
        tokens = {api.post(MINT, {"article": str(open_article.pk)}).json()["form_token"] for _ in range(3)}
        assert len(tokens) == 3
        assert not SpentToken.objects.exists()

    @pytest.mark.parametrize("sent", [{}, {"article": "walking"}, {"article": None}, {"article": 1}])
    def test_it_is_for_one_article_by_its_id(self, api: ApiClient, open_article, sent) -> None:
        answer = api.post(MINT, sent)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == "/article"

    def test_an_article_that_is_not_there_has_none(self, api: ApiClient, db) -> None:
        assert api.post(MINT, {"article": "01890f5e-0000-7000-8000-000000000000"}).status_code == 404

    def test_too_many_are_refused_and_a_reply_without_is_still_taken(
        self, api: ApiClient, open_article, settings
    ) -> None:
        settings.RATE_LIMITS = settings.RATE_LIMITS | {"form-tokens": (1, 600)}
        assert api.post(MINT, {"article": str(open_article.pk)}).status_code == 201
        refused = api.post(MINT, {"article": str(open_article.pk)})
        assert (refused.status_code, "Retry-After" in refused) == (429, True)
        assert api.post(thread_url(open_article), form()).status_code == 202


class TestWhatHolds:
    def test_a_fresh_one_lets_a_reply_appear_at_once(self, api: ApiClient, open_article) -> None:
        sent = api.post(thread_url(open_article), filled(open_article))
        assert (sent.status_code, verdicts("form")) == (201, [])

    @pytest.mark.parametrize(
        ("token", "explanation"),
        [
            (lambda article: None, "without a form token"),
            (lambda article: "", "without a form token"),
            (lambda article: "kf_" + "A" * 96, "none of ours"),
            (lambda article: "x" * 5000, "none of ours"),
            (lambda article: a_token(article)[:-1] + "~", "none of ours"),
            (lambda article: a_token(article, before=timedelta(hours=25)), "too old"),
            (lambda article: a_token(article, before=timedelta(seconds=1)), "faster than a person"),
            (lambda article: a_token(article, before=timedelta(hours=-1)), "faster than a person"),
        ],
        ids=["missing", "empty", "forged", "long", "altered", "old", "fast", "from the future"],
    )
    def test_a_reply_with_another_one_waits_and_is_not_refused(
        self, api: ApiClient, open_article, token, explanation
    ) -> None:
        sent = api.post(thread_url(open_article), form(form_token=token(open_article)))
        assert sent.status_code == 202
        assert "form" in sent.json()["reason"]
        assert [explanation in said for said in verdicts("form")] == [True]

    def test_so_does_one_with_the_token_of_another_article(self, api, open_article, published) -> None:
        other = published("publish", slug="another")
        sent = api.post(thread_url(open_article), form(form_token=a_token(other)))
        assert (sent.status_code, verdicts("form")) == (202, ["Its form token belongs to another article."])

    def test_a_token_that_an_older_key_signed_is_good_until_the_key_is_taken_away(
        self, api: ApiClient, open_article, settings
    ) -> None:
        token, old = a_token(open_article), settings.TOKEN_KEYS
        settings.TOKEN_KEYS = ["k" * 40, *old]
        assert form_tokens.read(token) is not None
        settings.TOKEN_KEYS = ["k" * 40]
        assert form_tokens.read(token) is None

    def test_an_edit_needs_none(self, api: ApiClient, open_article) -> None:
        answer = api.post(thread_url(open_article), filled(open_article))
        mine, headers = answer.json()["links"]["self"], own(answer.json()["author_token"])
        tag = api.get(mine, headers=headers)["ETag"]
        edited = api.patch(mine, {"text": "Better."}, headers=headers | {"If-Match": tag})
        assert edited.json()["public_version"] == 2


class TestOnce:
    def test_the_same_form_sent_again_is_the_same_reply(self, api: ApiClient, open_article, settings) -> None:
        settings.RATE_LIMITS = settings.RATE_LIMITS | {"comments": (1, 600)}
        sent = filled(open_article)
        first = api.post(thread_url(open_article), sent)
        again = api.post(thread_url(open_article), sent, headers={"Idempotency-Key": "another-attempt"})
        assert (again.status_code, again.json()) == (first.status_code, first.json())
        assert again["Idempotent-Replayed"] == "true"
        assert Comment.objects.count() == 1

    def test_its_answer_is_kept_so_that_only_the_form_itself_opens_it(self, api, open_article) -> None:
        sent = filled(open_article)
        answer = api.post(thread_url(open_article), sent).json()
        row = SpentToken.objects.get()
        kept = f"{row.digest} {row.fingerprint} {bytes(row.sealed)!r}"
        for secret in (answer["author_token"], sent["form_token"], answer["id"], FORM["author_email"]):
            assert secret not in kept
        for changed in ({"author_email": "another@example.org"}, {"author_name": "Another"}):
            other = api.post(thread_url(open_article), sent | changed).json()
            assert other["author_token"] != answer["author_token"]
        assert Comment.objects.count() == 3

    def test_other_words_with_the_same_token_are_another_reply_that_waits(self, api, open_article) -> None:
        sent = filled(open_article)
        assert api.post(thread_url(open_article), sent).status_code == 201
        other = api.post(thread_url(open_article), sent | {"text": "Something else."})
        assert other.status_code == 202
        assert verdicts("form") == ["Its form token had been used before, with other words."]
        assert api.post(thread_url(open_article), sent)["Idempotent-Replayed"] == "true"

    def test_a_refused_form_can_be_sent_again(self, api: ApiClient, open_article) -> None:
        sent = filled(open_article)
        assert api.post(thread_url(open_article), sent | {"text": ""}).status_code == 422
        assert api.post(thread_url(open_article), sent).status_code == 201

    def test_what_nobody_could_use_any_more_is_swept(self, api: ApiClient, open_article, travel) -> None:
        api.post(thread_url(open_article), filled(open_article))
        assert spending.sweep(clock.now()) == 0
        travel(25 * 3600)
        assert spending.sweep(clock.now()) == 1


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_six_times_at_once_is_one_reply(open_article) -> None:
    sent = filled(open_article)
    responses = at_once(*[lambda: ApiClient().post(thread_url(open_article), sent)] * 6)
    assert {response.status_code for response in responses} == {201}
    assert len({response.content for response in responses}) == 1
    assert Comment.objects.count() == 1


class TestTheHiddenField:
    @pytest.mark.parametrize("typed", [None, "", "   "])
    def test_left_empty_it_changes_nothing(self, api: ApiClient, open_article, typed) -> None:
        assert (
            api.post(thread_url(open_article), filled(open_article) | {"subject": typed}).status_code == 201
        )

    def test_filled_in_it_holds_with_an_answer_like_any_other(self, api: ApiClient, open_article) -> None:
        caught = api.post(thread_url(open_article), filled(open_article) | {"subject": "Cheap!" * 900})
        other = api.post(thread_url(open_article), filled(open_article, text="See https://x.example"))
        assert (caught.status_code, caught.json().keys()) == (202, other.json().keys())
        assert "hidden" not in caught.content.decode()
        assert "Cheap!" not in str(list(VersionPrivate.objects.values_list()))

    def test_its_name_is_the_sites_choice(self, api: ApiClient, open_article, settings) -> None:
        settings.COMMENT_HONEYPOT = "nickname"
        assert api.post(thread_url(open_article), filled(open_article, nickname="Bo")).status_code == 202
        assert verdicts("honeypot") == ["The hidden field was filled in, as machines do."]
        unknown = api.post(thread_url(open_article), filled(open_article, subject="Hello"))
        assert unknown.json()["errors"][0]["code"] == "unknown_field"
