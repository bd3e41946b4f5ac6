"""Labels, what a moderator would rather not see, and counts that nobody else can read."""

import pytest

from comments.models import CommentLabel, Reading
from tests.comments.desk.conftest import QUEUE
from tests.comments.people import form, own, thread_url

pytestmark = pytest.mark.django_db
ME = "/api/v1/editorial/me"
NEXT = f"{QUEUE}/next"


def kinds(entry: dict) -> dict[str, str | None]:
    return {label["kind"]: label["by"] for label in entry["labels"]}


def label(client, comment, *wanted: str):
    comment.refresh_from_db()
    url, headers = f"{QUEUE}/{comment.pk}/labels", {"If-Match": comment.etag}
    return client.put(url, {"labels": list(wanted)}, headers=headers)


def prefer(client, *wanted: str):
    tag = client.get(f"{ME}/preferences")["ETag"]
    return client.patch(f"{ME}/preferences", {"rather_not": list(wanted)}, headers={"If-Match": tag})


class TestLabels:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Thank you.", set()),
            ("I want to die.", {"suicide-self-harm"}),
            ("After the funeral the grief came.", {"death-bereavement"}),
            ("He was raped in the war, then a sniper came.", {"sexual-violence", "war-combat"}),
            ("The violet violin of my aunt.", set()),
            ("La nuit du viol je ne dors pas et je ne suis pas bien.", {"sexual-violence"}),
            ("lsd for sale, dm me on telegram @green", {"substance-use"}),
        ],
    )
    def test_the_gate_sets_what_words_tell(self, as_moderator, article, replied, text, found) -> None:
        replied(article, text, policy="hold")
        assert set(kinds(as_moderator.get(QUEUE).json()["results"][0])) == found

    def test_moderators_set_the_whole_list_and_the_gate_keeps_to_its_own(
        self, api, as_moderator, article
    ) -> None:
        answer = api.post(thread_url(article), form(text="A funeral.")).json()
        comment = CommentLabel.objects.get().comment
        labelled = label(as_moderator, comment, "death-bereavement", "violence")
        assert kinds(labelled.json()) == {"death-bereavement": None, "violence": "moderator"}
        comment.refresh_from_db()
        assert labelled["ETag"] == comment.etag
        headers = own(answer["author_token"]) | {"If-Match": comment.etag}
        api.patch(answer["links"]["self"], {"text": "A walk."}, headers=headers)
        assert kinds(as_moderator.get(f"{QUEUE}/{comment.pk}").json()) == {"violence": "moderator"}
        assert label(as_moderator, comment).json()["labels"] == []

    def test_a_change_needs_the_tag_and_what_is_erased_takes_none(self, api, as_moderator, article) -> None:
        answer = api.post(thread_url(article), form(text="A funeral.")).json()
        url = f"{QUEUE}/{answer['id']}/labels"
        assert as_moderator.put(url, {"labels": []}).status_code == 428
        assert as_moderator.put(url, {"labels": []}, headers={"If-Match": '"v1-0"'}).status_code == 412
        tag = as_moderator.get(f"{QUEUE}/{answer['id']}")["ETag"]
        for wrong in ({}, {"labels": ["love"]}, {"labels": "violence"}, {"labels": None}):
            assert as_moderator.put(url, wrong, headers={"If-Match": tag}).status_code == 422
        api.delete(answer["links"]["self"], headers=own(answer["author_token"]))
        assert not CommentLabel.objects.exists()
        tag = as_moderator.get(f"{QUEUE}/{answer['id']}")["ETag"]
        assert as_moderator.put(url, {"labels": []}, headers={"If-Match": tag}).status_code == 409


class TestRatherNot:
    def test_it_is_not_handed_out_and_is_collapsed_but_never_hidden(
        self, as_moderator, as_moderator2, article, replied
    ) -> None:
        hard = replied(article, "The funeral.", policy="hold").comment
        replied(article, "A walk.", policy="hold")
        assert prefer(as_moderator, "death-bereavement").json()["rather_not"] == ["death-bereavement"]
        listed = as_moderator.get(QUEUE).json()["results"]
        assert [(entry["text"], entry["collapsed"]) for entry in listed] == [
            ("The funeral.", True),
            ("A walk.", False),
        ]
        assert as_moderator.post(NEXT).json()["text"] == "A walk."
        nothing = as_moderator.post(NEXT).json()
        assert (nothing["code"], nothing["waiting"], nothing["claimed"]) == ("nothing_waits", 2, 1)
        assert as_moderator2.post(NEXT).json()["id"] == str(hard.pk)

    def test_it_is_nobody_elses_business(self, as_moderator, as_moderator2, as_administrator) -> None:
        prefer(as_moderator, "violence", "abuse")
        for other in (as_moderator2, as_administrator):
            assert other.get(f"{ME}/preferences").json()["rather_not"] == []
        audit = as_administrator.get("/api/v1/editorial/audit").content.decode()
        assert "desk.prefer" in audit
        assert "abuse" not in audit

    def test_a_stale_or_wrong_wish_changes_nothing(self, as_moderator) -> None:
        prefer(as_moderator, "violence")
        url = f"{ME}/preferences"
        assert as_moderator.patch(url, {"rather_not": []}).status_code == 428
        stale = as_moderator.patch(url, {"rather_not": []}, headers={"If-Match": '"p0"'})
        assert stale.status_code == 412
        assert prefer(as_moderator, "love").status_code == 422
        assert as_moderator.get(url).json()["rather_not"] == ["violence"]


class TestExposure:
    def counts(self, client) -> tuple[dict, dict, dict, str | None]:
        said = client.get(f"{ME}/exposure").json()
        by_kind = {entry["kind"]: entry["today"] for entry in said["kinds"]}
        return said["today"], said["week"], by_kind, said["advice"]

    def test_it_counts_each_reply_once_for_whoever_read_it_and_forgets_after_a_week(
        self, as_moderator, as_administrator, article, replied, decide, travel
    ) -> None:
        hard = replied(article, "The funeral.", policy="hold").comment
        replied(article, "A walk.", policy="hold")
        for _ in range(3):
            as_moderator.get(f"{QUEUE}/{hard.pk}")
        as_moderator.post(NEXT)
        decide(as_moderator, hard, "publish")
        today, week, by_kind, advice = self.counts(as_moderator)
        assert today == week == {"opened": 1, "decided": 1}
        assert by_kind == {"death-bereavement": {"opened": 1, "decided": 1}}
        assert advice is None
        as_moderator.post(NEXT)
        assert self.counts(as_moderator)[0] == {"opened": 2, "decided": 1}
        assert self.counts(as_administrator)[0] == {"opened": 0, "decided": 0}
        travel(26 * 3600)
        today, week, _, _ = self.counts(as_moderator)
        assert (today, week) == ({"opened": 0, "decided": 0}, {"opened": 2, "decided": 1})
        travel(7 * 24 * 3600)
        as_moderator.get(f"{QUEUE}/{hard.pk}")
        assert Reading.objects.count() == 1

    def test_after_much_hard_content_it_advises_to_rest(
        self, as_moderator, article, replied, settings
    ) -> None:
        settings.COMMENT_REST_AFTER = 2
        for number in range(2):
            assert self.counts(as_moderator)[3] is None
            as_moderator.get(f"{QUEUE}/{replied(article, f'Funeral {number}.', policy='hold').comment.pk}")
        assert "You may stop here" in self.counts(as_moderator)[3]
        settings.COMMENT_REST_AFTER = 0
        assert self.counts(as_moderator)[3] is None
