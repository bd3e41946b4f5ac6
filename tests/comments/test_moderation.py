"""/api/v1/editorial/comments/{id}: a reply as moderators read it, and decisions on it."""

import pytest

from cms.models import AuditEntry, Change
from comments.models import Comment, CommentVersion, Decision, Thread
from comments.transitions import TRANSITIONS
from tests.client import ApiClient
from tests.comments.people import form, own, thread_url

pytestmark = pytest.mark.django_db

QUEUE = "/api/v1/editorial/comments"


def decide(client: ApiClient, comment: Comment, decision: str, *, tag: str | None = None, **body):
    comment.refresh_from_db()
    sent = {"decision": decision, "version": comment.last_version, "reason": "other"} | body
    return client.post(f"{QUEUE}/{comment.pk}/decisions", sent, headers={"If-Match": tag or comment.etag})


class TestOne:
    def test_it_has_the_tag_that_a_decision_names(self, as_moderator, article, replied) -> None:
        comment = replied(article, policy="hold").comment
        response = as_moderator.get(f"{QUEUE}/{comment.pk}")
        assert response["ETag"] == response.json()["etag"]
        assert response["Cache-Control"] == "no-store"
        assert decide(as_moderator, comment, "publish", tag=response["ETag"]).status_code == 201

    def test_versions_and_decisions_tell_its_history(self, api, as_moderator, article) -> None:
        answer = api.post(thread_url(article), form(text="One.")).json()
        comment = Comment.objects.get(pk=answer["id"])
        url, headers = answer["links"]["self"], own(answer["author_token"])
        api.patch(url, {"text": "Two."}, headers=headers | {"If-Match": comment.etag})
        decide(as_moderator, comment, "publish", note="Kind and clear.", reason="within_guidelines")
        versions = as_moderator.get(f"{QUEUE}/{comment.pk}/versions").json()["results"]
        decisions = as_moderator.get(f"{QUEUE}/{comment.pk}/decisions").json()["results"]
        assert [(v["number"], v["text"], v["state"]) for v in versions] == [
            (1, "One.", "superseded"),
            (2, "Two.", "public"),
        ]
        assert [(d["decision"], d["decided_by"], d["rule"], d["note"]) for d in decisions] == [
            ("hold", None, "policy", None),
            ("hold", None, "policy", None),
            ("publish", "moderator", None, "Kind and clear."),
        ]

    def test_an_erased_reply_shows_its_history_without_words(self, api, as_moderator, article) -> None:
        answer = api.post(thread_url(article), form(text="Words to erase.")).json()
        api.delete(answer["links"]["self"], headers=own(answer["author_token"]))
        one = as_moderator.get(f"{QUEUE}/{answer['id']}").json()
        versions = as_moderator.get(f"{QUEUE}/{answer['id']}/versions").json()["results"]
        assert (one["state"], one["text"], one["author"]["name"], one["allowed_decisions"]) == (
            "deleted",
            "",
            None,
            [],
        )
        assert versions[0]["erased_at"]
        assert "Words to erase." not in str(versions)

    @pytest.mark.parametrize("part", ["", "/versions", "/decisions"])
    def test_one_that_does_not_exist(self, as_moderator, part) -> None:
        response = as_moderator.get(f"{QUEUE}/01890a5d-ac96-774b-bcce-b302099a8057{part}")
        assert response.status_code == 404

    @pytest.mark.parametrize("times", [2, 4])
    def test_its_lists_cost_the_same_however_long(
        self, as_moderator, moderator, article, replied, decided, django_assert_num_queries, times
    ) -> None:
        comment = replied(article, policy="hold").comment
        for _ in range(times):
            decided(comment, "hold", moderator, note="Still thinking.")
        # the token with its user, the roles, the reply, its decisions with users and notes
        with django_assert_num_queries(4):
            as_moderator.get(f"{QUEUE}/{comment.pk}/decisions")
        with django_assert_num_queries(4):
            as_moderator.get(f"{QUEUE}/{comment.pk}/versions")


class TestDeciding:
    def test_publishing_makes_it_public_counts_it_and_tells_the_log(
        self, api, as_moderator, article, replied
    ) -> None:
        comment = replied(article, "Read and fine.", policy="hold").comment
        response = decide(as_moderator, comment, "publish")
        assert response.status_code == 201
        assert (response.json()["old_state"], response.json()["new_state"]) == ("held", "published")
        assert api.get(f"/api/v1/comments/{comment.pk}").json()["text"] == "Read and fine."
        thread = Thread.objects.get(article=article)
        assert (thread.public_count, thread.held_count) == (1, 0)
        change = Change.objects.order_by("-id").first()
        assert (change.type, change.subject, change.version) == ("comment.published", comment.pk, 1)
        assert change.cache_tags == [f"comments-{article.pk}"]
        entry = AuditEntry.objects.get(verb="comment.publish")
        assert entry.actor.username == "moderator"
        assert entry.detail == {"version": 1, "old": "held", "new": "published", "reason": "other"}

    def test_the_answers_tag_is_the_one_for_the_next_decision(self, as_moderator, article, replied) -> None:
        comment = replied(article, policy="hold").comment
        tag = decide(as_moderator, comment, "publish")["ETag"]
        assert decide(as_moderator, comment, "remove", tag=tag).status_code == 201

    @pytest.mark.parametrize("situation", [s for s in TRANSITIONS if s not in ("edited", "deleted")])
    @pytest.mark.parametrize("decision", ["publish", "hold", "reject", "spam", "remove"])
    def test_each_decision_leads_where_the_table_says(
        self, as_moderator, moderator, article, replied, decided, situation, decision
    ) -> None:
        comment = replied(article, policy="hold").comment
        ways = {
            "published": ["publish"],
            "removed": ["publish", "remove"],
            "rejected": ["reject"],
            "spam": ["spam"],
        }
        for step in ways.get(situation, []):
            decided(comment, step, moderator)
        response = decide(as_moderator, comment, decision)
        expected = TRANSITIONS[situation].get(decision)
        comment.refresh_from_db()
        if expected is None:
            assert response.status_code == 409
            assert response.json()["code"] == "decision_not_possible"
            assert response.json()["allowed"] == list(TRANSITIONS[situation])
            assert comment.state == situation
        else:
            assert response.status_code == 201
            assert comment.state == expected

    @pytest.mark.parametrize(
        ("decision", "state", "text", "waits"),
        [
            ("publish", "published", "New.", False),
            ("hold", "published", "Old.", True),
            ("reject", "published", "Old.", False),
            ("spam", "spam", None, False),
            ("remove", "removed", None, False),
        ],
    )
    def test_a_decision_on_an_edit_leaves_the_public_text_or_takes_all_out(
        self, api, as_moderator, moderator, article, replied, decided, decision, state, text, waits
    ) -> None:
        done = replied(article, "Old.", policy="hold")
        comment = decided(done.comment, "publish", moderator)
        url = f"/api/v1/my/comments/{comment.pk}"
        api.patch(url, {"text": "New."}, headers=own(done.token) | {"If-Match": comment.etag})
        assert decide(as_moderator, comment, decision).status_code == 201
        comment.refresh_from_db()
        assert (comment.state, comment.private.queue == "waiting") == (state, waits)
        shown = api.get(f"/api/v1/comments/{comment.pk}")
        assert (shown.json()["text"] if text else None) == text
        assert shown.status_code == (200 if text else 404)

    def test_without_a_tag_or_with_an_old_one_nothing_is_decided(
        self, as_moderator, article, replied
    ) -> None:
        comment = replied(article, policy="hold").comment
        url, body = f"{QUEUE}/{comment.pk}/decisions", {"decision": "publish", "version": 1}
        assert as_moderator.post(url, body).status_code == 428
        assert as_moderator.post(url, body, headers={"If-Match": "*"}).status_code == 400
        old = comment.etag
        decide(as_moderator, comment, "hold")
        stale = as_moderator.post(url, body, headers={"If-Match": old})
        assert stale.status_code == 412
        comment.refresh_from_db()
        assert stale.json()["current_etag"] == comment.etag

    def test_an_edit_between_a_moderators_look_and_click_is_refused_with_412(
        self, api, as_moderator, article
    ) -> None:
        answer = api.post(thread_url(article), form()).json()
        comment = Comment.objects.get(pk=answer["id"])
        read = comment.etag
        headers = own(answer["author_token"]) | {"If-Match": read}
        api.patch(answer["links"]["self"], {"text": "Something else."}, headers=headers)
        assert decide(as_moderator, comment, "publish", tag=read, version=1).status_code == 412
        changed = decide(as_moderator, comment, "publish", version=1)
        assert changed.status_code == 409
        assert (changed.json()["code"], changed.json()["latest_version"]) == ("version_changed", 2)
        assert not CommentVersion.objects.filter(state="public").exists()

    def test_an_erased_reply_cannot_be_decided(self, api, as_moderator, article) -> None:
        answer = api.post(thread_url(article), form()).json()
        api.delete(answer["links"]["self"], headers=own(answer["author_token"]))
        response = decide(as_moderator, Comment.objects.get(pk=answer["id"]), "publish")
        assert response.json()["code"] == "decision_not_possible"

    def test_the_same_key_decides_once(self, as_moderator, article, replied) -> None:
        comment = replied(article, policy="hold").comment
        sent = {"decision": "publish", "version": 1}
        headers = {"If-Match": comment.etag, "Idempotency-Key": "once"}
        url = f"{QUEUE}/{comment.pk}/decisions"
        first = as_moderator.post(url, sent, headers=headers)
        again = as_moderator.post(url, sent, headers=headers)
        assert (first.status_code, again.status_code) == (201, 201)
        assert again["Idempotent-Replayed"] == "true"
        assert Decision.objects.filter(decided_by__isnull=False).count() == 1

    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ({"decision": "delete", "version": 1}, "/decision"),
            ({"version": 1}, "/decision"),
            ({"decision": "publish"}, "/version"),
            ({"decision": "publish", "version": 0}, "/version"),
            ({"decision": "publish", "version": "one"}, "/version"),
            ({"decision": "reject", "version": 1}, "/reason"),
            ({"decision": "publish", "version": 1, "reason": "I like it"}, "/reason"),
            ({"decision": "publish", "version": 1, "note": "x" * 1001}, "/note"),
            ({"decision": "publish", "version": 1, "force": True}, "/force"),
        ],
    )
    def test_a_body_that_is_not_right_is_told_where(
        self, as_moderator, article, replied, body, pointer
    ) -> None:
        comment = replied(article, policy="hold").comment
        response = as_moderator.post(
            f"{QUEUE}/{comment.pk}/decisions", body, headers={"If-Match": comment.etag}
        )
        assert response.status_code == 422
        assert pointer in {error["pointer"] for error in response.json()["errors"]}

    def test_removing_what_carries_replies_says_so_in_the_log(
        self, as_moderator, open_article, replied
    ) -> None:
        parent = replied(open_article).comment
        child = replied(open_article, to=parent).comment
        decide(as_moderator, parent, "remove")
        decide(as_moderator, child, "remove")
        told = list(Change.objects.order_by("id").values_list("type", "subject"))
        assert told[-3:] == [
            ("comment.removed", parent.pk),
            ("comment.removed", child.pk),
            ("comment.removed", parent.pk),
        ]


class TestWhoMay:
    PARTS = [
        ("get", ""),
        ("get", "/{id}"),
        ("get", "/{id}/versions"),
        ("get", "/{id}/decisions"),
        ("post", "/{id}/decisions"),
    ]

    @pytest.mark.parametrize(("method", "part"), PARTS)
    @pytest.mark.parametrize("role", ["author", "editor", "reviewer", "stranger"])
    def test_other_roles_may_not(self, request, article, replied, method, part, role) -> None:
        comment = replied(article, policy="hold").comment
        client = request.getfixturevalue(f"as_{role}")
        response = getattr(client, method)(
            QUEUE + part.format(id=comment.pk), headers={"If-Match": comment.etag}
        )
        assert response.status_code == 403
        assert "Thank you." not in response.content.decode()

    @pytest.mark.parametrize(("method", "part"), PARTS)
    def test_nobody_may_unknown(self, api, article, replied, method, part) -> None:
        comment = replied(article, policy="hold").comment
        response = getattr(api, method)(QUEUE + part.format(id=comment.pk))
        assert response.status_code == 401

    @pytest.mark.parametrize(("method", "part"), PARTS)
    def test_an_authors_token_opens_nothing_here(self, api, article, replied, method, part) -> None:
        done = replied(article, policy="hold")
        response = getattr(api, method)(QUEUE + part.format(id=done.comment.pk), headers=own(done.token))
        assert response.status_code == 401

    @pytest.mark.parametrize("role", ["moderator", "administrator"])
    def test_moderators_and_administrators_may(self, request, article, replied, role) -> None:
        comment = replied(article, policy="hold").comment
        client = request.getfixturevalue(f"as_{role}")
        assert client.get(f"{QUEUE}/{comment.pk}").status_code == 200
        assert decide(client, comment, "publish").status_code == 201

    def test_a_token_narrowed_to_something_else_may_not(self, moderator, speaking_for) -> None:
        assert speaking_for(moderator, "articles:read").get(QUEUE).status_code == 403
        assert speaking_for(moderator, "comments:moderate").get(QUEUE).status_code == 200
