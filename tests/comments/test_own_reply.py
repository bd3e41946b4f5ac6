"""/api/v1/my/comments/{id}: reading, editing and erasing one's own reply, by token alone."""

import pytest

from cms.models import AuditEntry, Change
from comments.models import CommentPrivate, CommentVersion, Contact, DecisionNote, Thread, VersionPrivate
from tests.client import ApiClient
from tests.comments.forms import filled
from tests.comments.people import form, own, thread_url

pytestmark = pytest.mark.django_db


def wrote(api: ApiClient, article, **changes) -> tuple[str, dict[str, str], str]:
    """The address of the author's own reply, the headers with its token, and its id."""
    answer = api.post(thread_url(article), filled(article, **changes)).json()
    return answer["links"]["self"], own(answer["author_token"]), answer["id"]


def edit(api: ApiClient, url: str, headers: dict, **changes):
    tag = api.get(url, headers=headers)["ETag"]
    return api.patch(url, changes, headers=headers | {"If-Match": tag})


class TestReading:
    def test_the_author_sees_their_words_and_where_they_stand(self, api, article) -> None:
        url, token, _ = wrote(api, article, display_as="initials")
        response = api.get(url, headers=token)
        reply = response.json()
        assert (reply["state"], reply["text"]) == ("received", form()["text"])
        assert reply["author"] == {
            "name": "Pieter van Dam",
            "website": None,
            "display_as": "initials",
            "shown_as": "P. V. D.",
        }
        assert response["Cache-Control"] == "no-store"
        assert "pieter@example.org" not in response.content.decode()

    def test_a_moderators_hold_reads_as_being_read(self, api, article, moderator, decided, replied) -> None:
        done = replied(article, policy="hold")
        decided(done.comment, "hold", moderator)
        read = api.get(f"/api/v1/my/comments/{done.comment.pk}", headers=own(done.token)).json()
        assert read["state"] == "being_read"

    @pytest.mark.parametrize(
        ("decision", "state"),
        [("publish", "published"), ("reject", "not_published"), ("spam", "not_published")],
    )
    def test_a_decision_is_told_in_a_sentence(
        self, api, article, moderator, decided, replied, decision, state
    ) -> None:
        done = replied(article, policy="hold")
        decided(done.comment, decision, moderator, reason="off_topic", note="Seen before.")
        read = api.get(f"/api/v1/my/comments/{done.comment.pk}", headers=own(done.token)).json()
        assert read["state"] == state
        assert read["reason"] == (
            None if decision == "publish" else "It is about something else than the article."
        )
        assert "Seen before." not in str(read)
        assert "moderator" not in read["state_text"].replace("by a moderator", "")

    def test_a_grade_is_told_to_nobody_outside(self, api, open_article) -> None:
        url, token, _ = wrote(api, open_article, text="I want to die tonight.")
        read = api.get(url, headers=token).json()
        assert read["state"] == "received"
        assert read["reason"] == "Some replies are read by a person before they appear; this is one of them."
        assert not {"grade", "verdicts"} & read.keys()
        assert "immediate" not in str(read)

    def test_without_a_token_one_is_asked_who_one_is(self, api, article) -> None:
        url, _, _ = wrote(api, article)
        for headers in ({}, {"Authorization": "Bearer kt_something"}, {"Authorization": "Basic eDp5"}):
            response = api.get(url, headers=headers)
            assert response.status_code == 401
            assert response["WWW-Authenticate"].startswith("Bearer")

    def test_a_wrong_token_and_an_unknown_reply_are_the_same(self, api, article) -> None:
        url, _, _ = wrote(api, article)
        _, others, _ = wrote(api, article)
        unknown = "/api/v1/my/comments/01890a5d-ac96-774b-bcce-b302099a8057"
        answers = [api.get(url, headers=others).json(), api.get(unknown, headers=others).json()]
        for answer in answers:
            assert answer["code"] == "not_found"
            del answer["instance"], answer["request_id"]
        assert answers[0] == answers[1]

    def test_signing_in_gives_nobody_an_authors_rights(
        self, api, article, as_administrator, as_moderator
    ) -> None:
        url, _, _ = wrote(api, article)
        for staff in (as_administrator, as_moderator):
            assert staff.get(url).status_code == 401
            assert staff.delete(url).status_code == 401


class TestEditing:
    def test_an_edit_of_what_waits_takes_its_place(self, api, article) -> None:
        url, token, _ = wrote(api, article)
        response = edit(api, url, token, text="What I meant.")
        assert response.status_code == 200
        assert (response.json()["version"], response.json()["text"]) == (2, "What I meant.")
        assert list(CommentVersion.objects.order_by("number").values_list("state", flat=True)) == [
            "superseded",
            "pending",
        ]

    def test_the_old_text_stays_public_while_the_edit_is_read(
        self, api, article, moderator, decided, replied
    ) -> None:
        done = replied(article, "First words.", policy="hold")
        decided(done.comment, "publish", moderator)
        url = f"/api/v1/my/comments/{done.comment.pk}"
        read = edit(api, url, own(done.token), text="Second words.").json()
        assert (read["version"], read["public_version"], read["state"]) == (2, 1, "published")
        assert "edit" in read["state_text"]
        assert api.get(f"/api/v1/comments/{done.comment.pk}").json()["text"] == "First words."
        decided(done.comment, "publish", moderator)
        shown = api.get(f"/api/v1/comments/{done.comment.pk}").json()
        assert (shown["text"], shown["version"]) == ("Second words.", 2)
        assert shown["edited_at"]

    def test_an_edit_appears_at_once_where_nothing_holds_it(self, api, open_article) -> None:
        url, token, id_ = wrote(api, open_article)
        edit(api, url, token, text="Better said.")
        assert api.get(f"/api/v1/comments/{id_}").json()["text"] == "Better said."
        assert list(Change.objects.order_by("id").values_list("type", flat=True))[-2:] == [
            "comment.published",
            "comment.updated",
        ]

    def test_an_edit_passes_the_gate_again(self, api, open_article) -> None:
        url, token, id_ = wrote(api, open_article)
        edit(api, url, token, text="See https://shop.example/ for more.")
        assert api.get(f"/api/v1/comments/{id_}").json()["text"] == form()["text"]

    def test_an_edit_does_not_undo_a_moderators_hold(
        self, api, open_article, moderator, decided, replied
    ) -> None:
        done = replied(open_article)
        decided(done.comment, "hold", moderator)
        url = f"/api/v1/my/comments/{done.comment.pk}"
        assert edit(api, url, own(done.token), text="Other words.").json()["state"] == "received"
        assert api.get(f"/api/v1/comments/{done.comment.pk}").status_code == 404

    def test_editing_to_the_same_words_changes_nothing(self, api, article) -> None:
        url, token, _ = wrote(api, article)
        before = api.get(url, headers=token)["ETag"]
        assert edit(api, url, token, text=form()["text"])["ETag"] == before

    def test_null_removes_the_website(self, api, article) -> None:
        url, token, _ = wrote(api, article, author_website="https://pieter.example/")
        assert edit(api, url, token, author_website=None).json()["author"]["website"] is None

    def test_an_edit_names_the_version_it_was_made_from(self, api, article) -> None:
        url, token, _ = wrote(api, article)
        assert api.patch(url, {"text": "x"}, headers=token).status_code == 428
        assert api.patch(url, {"text": "x"}, headers=token | {"If-Match": "*"}).status_code == 400
        old = api.get(url, headers=token)["ETag"]
        edit(api, url, token, text="From another window.")
        stale = api.patch(url, {"text": "x"}, headers=token | {"If-Match": old})
        assert stale.status_code == 412
        assert stale.json()["current_etag"] == api.get(url, headers=token)["ETag"]

    def test_a_decision_in_between_does_not_lose_an_edit(
        self, api, article, moderator, decided, replied
    ) -> None:
        done = replied(article, policy="hold")
        url = f"/api/v1/my/comments/{done.comment.pk}"
        tag = api.get(url, headers=own(done.token))["ETag"]
        decided(done.comment, "publish", moderator)
        kept = api.patch(url, {"text": "x"}, headers=own(done.token) | {"If-Match": tag})
        assert kept.status_code == 200

    def test_after_the_window_a_reply_can_only_be_deleted(self, api, article, travel) -> None:
        url, token, _ = wrote(api, article)
        travel(31 * 60)
        response = edit(api, url, token, text="Too late.")
        assert response.status_code == 409
        assert response.json()["code"] == "edit_window_over"
        assert "delete it, at any time" in response.json()["detail"]
        assert api.delete(url, headers=token).status_code == 204

    @pytest.mark.parametrize("decision", ["reject", "spam"])
    def test_what_was_decided_against_cannot_be_edited(
        self, api, article, moderator, decided, replied, decision
    ) -> None:
        done = replied(article, policy="hold")
        decided(done.comment, decision, moderator)
        response = edit(api, f"/api/v1/my/comments/{done.comment.pk}", own(done.token), text="x")
        assert response.json()["code"] == "not_editable"

    @pytest.mark.parametrize("field", ["author_email", "parent", "country", "state"])
    def test_only_the_words_can_be_edited(self, api, article, field) -> None:
        url, token, _ = wrote(api, article)
        response = edit(api, url, token, **{field: "x"})
        assert response.status_code == 422
        assert response.json()["errors"][0]["code"] == "unknown_field"

    def test_taking_words_back_does_not_lower_their_urgency(self, api, article) -> None:
        url, token, id_ = wrote(api, article, text="I want to die tonight.")
        edit(api, url, token, text="It is nothing.")
        assert CommentPrivate.objects.get(pk=id_).grade == "immediate"


class TestErasing:
    def test_everything_that_identifies_and_was_written_is_gone(
        self, api, article, moderator, decided
    ) -> None:
        url, token, id_ = wrote(api, article, text="My first text.", author_website="https://pieter.example/")
        edit(api, url, token, text="My second text.")
        private = CommentPrivate.objects.select_related("comment").get(pk=id_)
        decided(private.comment, "hold", moderator, note="Pieter wrote that he is from Leiden.")
        assert api.delete(url, headers=token).status_code == 204
        private.refresh_from_db()
        assert (private.contact, private.ip_digest, private.country, private.grade) == (None, "", "", "none")
        assert not Contact.objects.exists()
        assert not VersionPrivate.objects.exists()
        assert not DecisionNote.objects.exists()
        for version in CommentVersion.objects.all():
            assert (version.text, version.html, version.public_name, version.public_website) == (
                "",
                "",
                "",
                "",
            )
            assert version.erased_at

    def test_it_may_be_repeated_and_needs_no_condition(self, api, article) -> None:
        url, token, _ = wrote(api, article)
        for _ in range(3):
            assert api.delete(url, headers=token).status_code == 204
        assert AuditEntry.objects.filter(verb="comment.erase").count() == 1

    def test_it_is_never_throttled(self, api, article, settings) -> None:
        url, token, _ = wrote(api, article)
        settings.RATE_LIMITS = settings.RATE_LIMITS | {"author": (0, 600), "comments": (0, 600)}
        assert api.delete(url, headers=token).status_code == 204

    def test_the_author_is_told_that_it_is_done(self, api, article) -> None:
        url, token, _ = wrote(api, article)
        api.delete(url, headers=token)
        read = api.get(url, headers=token).json()
        assert (read["state"], read["text"], read["author"]["name"]) == ("deleted", "", None)

    def test_a_public_reply_without_answers_disappears(self, api, open_article) -> None:
        url, token, id_ = wrote(api, open_article)
        api.delete(url, headers=token)
        assert api.get(f"/api/v1/comments/{id_}").status_code == 404
        assert api.get(thread_url(open_article)).json()["results"] == []
        assert Thread.objects.get().public_count == 0
        assert Change.objects.order_by("-id").first().type == "comment.removed"

    def test_with_answers_a_tombstone_without_words_stays(self, api, open_article, replied) -> None:
        done = replied(open_article, "Words to erase.", author_name="A name to erase")
        replied(open_article, to=done.comment)
        api.delete(f"/api/v1/my/comments/{done.comment.pk}", headers=own(done.token))
        tombstone = api.get(f"/api/v1/comments/{done.comment.pk}").json()
        assert tombstone["state"] == "deleted"
        assert (tombstone["text"], tombstone["html"], tombstone["version"]) == ("", "", None)
        assert tombstone["author"] == {"name": None, "website": None, "is_staff": False}
        assert tombstone["replies"]["count"] == 1

    def test_an_address_stays_while_another_reply_needs_it(self, api, article) -> None:
        first, token, _ = wrote(api, article)
        second, other_token, _ = wrote(api, article)
        api.delete(first, headers=token)
        assert Contact.objects.count() == 1
        api.delete(second, headers=other_token)
        assert Contact.objects.count() == 0

    def test_after_rejection_and_long_after_it_can_still_be_done(
        self, api, article, moderator, decided, replied, travel
    ) -> None:
        done = replied(article, policy="hold")
        decided(done.comment, "reject", moderator)
        travel(400 * 86_400)
        response = api.delete(f"/api/v1/my/comments/{done.comment.pk}", headers=own(done.token))
        assert response.status_code == 204
