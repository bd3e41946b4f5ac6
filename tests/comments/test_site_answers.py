"""/editorial/articles/{id}/comments: the site answers readers, names nobody's account, and keeps no address."""

import re
from urllib.parse import urlencode

import pytest

from articles.actions import retire_entry
from articles.models import Article
from cms import clock
from cms.models import AuditEntry, Change, Site
from cms.preconditions import IfMatch
from comments import actions, speaking
from comments.actions.threads import Policy
from comments.models import Comment, CommentPrivate, Contact, Decision, Notice, VersionPrivate
from tests.builders import a_byline, a_published_article, an_article
from tests.comments.mailing import send
from tests.comments.people import own, thread_url, words
from tests.comments.test_failures import nothing_is_left_whichever_statement_fails
from tests.letters import worked

pytestmark = pytest.mark.django_db

MAGAZINE = "Kintsugi Review"
QUEUE = "/api/v1/editorial/comments"
HELD_BY_A_LINK = "See https://example.org for more."


@pytest.fixture(autouse=True)
def site(db) -> Site:
    return Site.objects.create(name=MAGAZINE, locales=["en"], contact="editors@staff.example")


@pytest.fixture
def own_article(author) -> Article:
    """An author's own; in public they are Ines Halloran."""
    a_byline(author, "ines-halloran", name="Ines Halloran")
    return a_published_article(by=author, slug="own", comments_policy="publish")


def url(article: Article) -> str:
    return f"/api/v1/editorial/articles/{article.pk}/comments"


def answer(client, article: Article, text: str = "Thank you for asking.", **body):
    key = {"Idempotency-Key": body.pop("key")} if "key" in body else {}
    return client.post(url(article), {"text": text} | body, headers=key)


def shown(api, article: Article) -> dict[str, tuple]:
    """What readers see: name and badge by text."""
    found = api.get(thread_url(article)).json()["results"]
    return {reply["text"]: (reply["author"]["name"], reply["author"]["is_staff"]) for reply in found}


def test_readers_see_a_byline_or_the_site_and_nothing_else_of_who_answered(
    api, as_author, as_moderator, author, moderator, own_article, replied
) -> None:
    question = replied(own_article, "What helped?").comment
    by_author = answer(as_author, own_article, "A walk did.", parent=str(question.pk))
    by_moderator = answer(as_moderator, own_article, "We read on Mondays.")
    assert [by_author.status_code, by_moderator.status_code] == [201, 201]
    told = by_author.json()
    assert (told["shown_as"], told["state"], told["held_by"]) == ("Ines Halloran", "published", None)
    assert not {"text", "html", "author_token"} & set(told), "neither a copy of the words nor a token"
    assert shown(api, own_article) == {
        "What helped?": ("Pieter van Dam", False),
        "A walk did.": ("Ines Halloran", True),
        "We read on Mondays.": (MAGAZINE, True),
    }
    assert api.get(f"/api/v1/comments/{question.pk}").json()["replies"]["count"] == 1
    for place in (thread_url(own_article), f"/api/v1/comments/{told['id']}", "/api/v1/changes?after="):
        assert not re.search(rb'"(author|moderator)@|"username"|"by"', api.get(place).content)
    private = CommentPrivate.objects.get(pk=told["id"])
    assert (private.contact, private.ip_digest, private.author_token_sha256) == (None, "", "")
    assert api.get(f"/api/v1/my/comments/{private.pk}", headers=own("ka_any")).status_code == 404
    entries = AuditEntry.objects.filter(verb="comment.answer").order_by("id")
    assert [(entry.actor, entry.detail) for entry in entries] == [
        (author, {"version": 1, "answer_as": "byline"}),
        (moderator, {"version": 1, "answer_as": "site"}),
    ]
    assert Change.objects.filter(type="comment.published", subject=private.pk, version=1).count() == 1


def test_whoever_moderates_is_named_only_when_they_ask_for_it(
    as_moderator, as_editor, as_author, moderator, own_article, travel
) -> None:
    person = a_byline(moderator, "tomas-berglind", name="Tomas Berglind")
    said = [{}, {"answer_as": "byline"}, {"answer_as": "site"}]
    names = [answer(as_moderator, own_article, **body).json()["shown_as"] for body in said]
    assert names == [MAGAZINE, "Tomas Berglind", MAGAZINE]
    assert answer(as_author, own_article, answer_as="site").json()["shown_as"] == MAGAZINE
    assert answer(as_editor, own_article).json()["shown_as"] == MAGAZINE, "an editor without a byline"
    refused = answer(as_editor, own_article, answer_as="byline")
    assert refused.status_code == 422
    assert [(e["pointer"], e["code"]) for e in refused.json()["errors"]] == [("/answer_as", "no_byline")]
    person.refresh_from_db()
    retire_entry(item_id=person.pk, expected=IfMatch((person.etag,)), by=None)
    travel(3)
    assert answer(as_moderator, own_article, answer_as="byline").status_code == 422


def test_a_name_of_any_length_fits_under_a_reply(as_moderator, own_article, site, moderator) -> None:
    site.name = "N" * 200
    site.save()
    assert len(answer(as_moderator, own_article).json()["shown_as"]) == speaking.LONGEST
    Site.objects.all().delete()
    assert speaking.voice_of(moderator, None, clock.read_instant()) == speaking.Voice("site", "")


def test_who_may_answer_and_where(
    api, as_author, as_author2, as_reviewer, as_stranger, as_moderator, as_editor, author, own_article
) -> None:
    everybody = (api, as_stranger, as_reviewer, as_author2, as_author, as_editor, as_moderator)
    assert [answer(who, own_article).status_code for who in everybody] == [401, 403, 403, 404, 201, 201, 201]
    assert [who.get(url(own_article)).status_code for who in everybody] == [401, 403, 403, 404, 200, 200, 200]
    draft = an_article(by=author, slug="draft")
    assert answer(as_moderator, draft).status_code == 404, "moderators see no drafts"
    early = answer(as_author, draft)
    assert (early.status_code, early.json()["code"]) == (409, "article_not_public")
    assert not Comment.objects.filter(article=draft).exists()


def test_a_token_for_answering_answers_and_moderates_nothing(
    speaking_for, moderator, own_article, replied
) -> None:
    held = replied(own_article, policy="hold").comment
    narrow = speaking_for(moderator, "comments:answer")
    assert answer(narrow, own_article).status_code == 201
    assert narrow.get(f"{QUEUE}/{held.pk}").status_code == 403
    assert answer(speaking_for(moderator, "comments:moderate"), own_article).status_code == 403


def test_what_the_gate_holds_waits_and_says_why(
    api, as_author, as_moderator, moderator, own_article, decided
) -> None:
    held = answer(as_author, own_article, HELD_BY_A_LINK)
    assert held.status_code == 202
    told = held.json()
    assert (told["state"], told["waiting"], told["held_by"]) == ("held", True, "links")
    assert told["reasons"] == ["The text contains a link; a person looks where it leads."]
    (listed,) = as_author.get(url(own_article)).json()["results"]
    assert listed == told | {"text": HELD_BY_A_LINK, "html": listed["html"]}
    assert shown(api, own_article) == {}
    (waiting,) = as_moderator.get(QUEUE).json()["results"]
    assert (waiting["id"], waiting["is_staff"]) == (told["id"], True)
    decided(Comment.objects.get(), "publish", moderator)
    assert shown(api, own_article) == {HELD_BY_A_LINK: ("Ines Halloran", True)}
    (listed,) = as_author.get(url(own_article)).json()["results"]
    assert (listed["state"], listed["held_by"], listed["reasons"]) == ("published", None, [])


@pytest.mark.parametrize("policy", ["hold", "closed"])
def test_the_articles_policy_is_for_readers_and_for_whoever_may_not_publish(
    as_author, as_editor, as_moderator, author, policy
) -> None:
    article = a_published_article(by=author, slug="read-first", comments_policy=policy)
    waits = answer(as_author, article)
    assert (waits.status_code, waits.json()["held_by"]) == (202, "policy")
    assert [answer(who, article).status_code for who in (as_editor, as_moderator)] == [201, 201]
    thread = Comment.objects.filter(article=article)
    assert sorted(thread.values_list("state", flat=True)) == ["held", "published", "published"]


def test_an_answer_of_the_sites_is_redacted_removed_and_erased_like_any_other(
    api, as_moderator, as_administrator, as_author, own_article
) -> None:
    made = answer(as_author, own_article, "Write to Ana at the old mill, she knows.").json()
    one, public = f"{QUEUE}/{made['id']}", f"/api/v1/comments/{made['id']}"

    def told(client, part: str, body: dict, method: str = "post"):
        tag = {"If-Match": as_moderator.get(one)["ETag"]}
        return getattr(client, method)(f"{one}/{part}", body, headers=tag)

    VersionPrivate.objects.update(author_name="")  # as after the clock of `typed_names`
    span = {"start": 16, "end": 28, "version": 1, "label": "personal_data"}
    assert told(as_moderator, "redactions", span).status_code == 201
    corrected = api.get(public).json()
    assert corrected["text"] == "Write to Ana at [removed: personal data], she knows."
    assert (corrected["author"]["name"], corrected["author"]["is_staff"]) == ("Ines Halloran", True)
    assert as_moderator.get(one).json()["verdicts"] == [], "whoever works here may bear their own name"
    assert told(as_moderator, "author-block", {"note": "?"}, "put").json()["code"] == "no_address"
    removal = {"decision": "remove", "version": 2, "reason": "identifies_somebody"}
    assert told(as_moderator, "decisions", removal).status_code == 201
    assert api.get(public).status_code == 404
    (listed,) = as_author.get(url(own_article)).json()["results"]
    assert (listed["state"], listed["version"]) == ("removed", 2)
    assert told(as_administrator, "author/erasure", {}).json() == {"erased": 1}
    (listed,) = as_author.get(url(own_article)).json()["results"]
    assert (listed["state"], listed["text"], listed["shown_as"]) == ("deleted", "", None)


def test_whoever_is_answered_by_the_site_is_told_once_it_is_public(
    api, as_author, own_article, offered, confirmed, decided, moderator
) -> None:
    confirmed()
    question = send(api, own_article, text="What helped you?", notify_on_reply=True).json()["id"]
    worked()
    held = answer(as_author, own_article, HELD_BY_A_LINK, parent=question).json()
    assert worked() == []
    decided(Comment.objects.get(pk=held["id"]), "publish", moderator)
    (letter,) = worked()
    assert letter.to == ["pieter@example.org"]
    assert f"/comments/{held['id']}/page" in letter.body
    assert not re.search("Ines|Halloran|author", letter.body)
    answer(as_author, own_article, "No one else is written to.", parent=held["id"])
    assert (worked(), Contact.objects.count()) == ([], 1)


def test_whoever_takes_no_answers_takes_none_of_the_sites(as_moderator, own_article, replied) -> None:
    closed = replied(own_article).comment
    Comment.objects.filter(pk=closed.pk).update(allows_replies=False)
    refused = answer(as_moderator, own_article, parent=str(closed.pk))
    assert (refused.status_code, refused.json()["code"]) == (409, "parent_closed")
    assert "answer" not in as_moderator.get(f"{QUEUE}/{closed.pk}").json()["links"]


def test_what_cannot_be_read_is_refused(as_editor, own_article, published, replied) -> None:
    elsewhere = str(replied(published("publish")).comment.pk)
    before = Comment.objects.count()
    wrong = [
        ({"text": "  "}, 422, "/text"),
        ({"text": "a" * 10_001}, 422, "/text"),
        ({"answer_as": "me"}, 422, "/answer_as"),
        ({"is_staff": False}, 422, "/is_staff"),
        ({"author_name": "The Editor"}, 422, "/author_name"),
        ({"parent": elsewhere}, 422, "/parent"),
        ({"parent": "one"}, 422, "/parent"),
    ]
    for body, status, pointer in wrong:
        refused = answer(as_editor, own_article, **body)
        assert refused.status_code == status, body
        assert pointer in [error["pointer"] for error in refused.json()["errors"]]
    assert as_editor.post(f"{url(own_article)}?to=x", {"text": "A"}).status_code == 400
    assert as_editor.get(f"{url(own_article)}?parent=one").status_code == 400
    assert Comment.objects.count() == before


def test_one_key_is_one_answer_and_another_text_under_it_is_refused(as_author, own_article) -> None:
    first, again = (answer(as_author, own_article, key="one") for _ in range(2))
    assert (first.content, again["Idempotent-Replayed"]) == (again.content, "true")
    other = answer(as_author, own_article, "Something else.", key="one")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert Comment.objects.count() == 1


def test_whichever_statement_fails_nothing_of_an_answer_is_left(
    own_article, replied, moderator, offered
) -> None:
    parent = replied(own_article).comment
    CommentPrivate.objects.update(notify=True)
    Contact.objects.update(confirmed_at=clock.now())
    draft = actions.compose(words("An answer.", author_name=MAGAZINE), "publish", is_staff=True)
    given = actions.SiteAnswer(own_article.pk, Policy("publish"), parent.pk, draft, "site")
    nothing_is_left_whichever_statement_fails(
        lambda: actions.answer(given, by=moderator, now=clock.read_instant())
    )
    assert (Notice.objects.count(), Decision.objects.count()) == (1, 2)


def test_from_the_reply_on_the_desk_to_an_answer_by_forms_alone(
    browser_of, moderator, own_article, replied
) -> None:
    question = replied(own_article, "What <b>helped</b>?").comment
    browser = browser_of(moderator)
    link = f"{url(own_article)}?parent={question.pk}"
    assert (
        f'<a href="{link}">Answer it as the site</a>'
        in browser.get(f"{QUEUE}/{question.pk}").content.decode()
    )
    page = browser.get(link).content.decode()
    assert "What &lt;b&gt;helped&lt;/b&gt;?" in page
    hidden = dict(re.findall(r'<input type="hidden" name="(csrf\w+|_idempotency_key)" value="([^"]*)"', page))
    typed = hidden | {"_method": "POST", "text": HELD_BY_A_LINK, "parent": str(question.pk)}
    form = {"content_type": "application/x-www-form-urlencoded"}
    done = browser.post(link, urlencode(typed), **form)
    assert (done.status_code, done["Location"]) == (303, url(own_article))
    made = Comment.objects.get(is_staff=True)
    assert (made.parent_id, made.state) == (question.pk, "held")
    page = browser.get(url(own_article)).content.decode()
    for sentence in ("Waits for a moderator", "The text contains a link", f"shown as {MAGAZINE}"):
        assert sentence in page
    wrong = browser.post(link, urlencode(hidden | {"_method": "POST", "answer_as": "site"}), **form)
    assert wrong.status_code == 422
