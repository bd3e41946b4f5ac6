"""POST /api/v1/articles/{slug}/comments: what a reader gets for what they send."""

import pytest

from comments.models import Comment, CommentPrivate, CommentVersion, Contact
from tests.client import ApiClient
from tests.comments.forms import filled
from tests.comments.people import FORM, form, own, thread_url

pytestmark = pytest.mark.django_db


def test_a_reply_to_an_article_that_reads_first_is_held(api: ApiClient, article) -> None:
    response = api.post(thread_url(article), form())
    assert response.status_code == 202
    answer = response.json()
    assert answer["state"] == "received"
    assert "before it appears" in answer["state_text"]
    assert answer["reason"] == "Replies to this article are read before they appear."
    assert response["Cache-Control"] == "no-store"
    assert response["Location"] == f"/api/v1/my/comments/{answer['id']}"
    assert api.get(thread_url(article)).json()["results"] == []
    assert api.get(f"/api/v1/comments/{answer['id']}").status_code == 404


def test_a_reply_to_an_open_article_is_public_at_once(api: ApiClient, open_article) -> None:
    response = api.post(thread_url(open_article), filled(open_article))
    assert response.status_code == 201
    assert response.json()["state"] == "published"
    assert response.json()["reason"] is None
    shown = api.get(response["Location"]).json()
    assert shown["text"] == FORM["text"]
    assert shown["html"] == "<p>Thank you. Reading this <em>slowly</em> helped.</p>"
    assert shown["author"] == {"name": "Pieter van Dam", "website": None, "is_staff": False}


def test_the_article_may_be_named_by_its_slug(api: ApiClient, article) -> None:
    assert api.post("/api/v1/articles/sleep-after-trauma/comments?locale=en", form()).status_code == 202


def test_the_token_is_told_once_and_kept_as_a_digest(api: ApiClient, article) -> None:
    token = api.post(thread_url(article), form()).json()["author_token"]
    stored = CommentPrivate.objects.get()
    assert token.startswith("ka_")
    assert token not in stored.author_token_sha256
    read = api.get(f"/api/v1/my/comments/{stored.pk}", headers=own(token))
    assert "author_token" not in read.json()


def test_the_answer_repeats_none_of_the_words(api: ApiClient, article) -> None:
    body = api.post(thread_url(article), form(text="A sentence that is mine.")).content.decode()
    assert "A sentence that is mine." not in body
    assert "Pieter" not in body
    assert "example.org" not in body


def test_the_address_is_sealed_and_found_by_a_keyed_digest(api: ApiClient, article) -> None:
    api.post(thread_url(article), form())
    api.post(thread_url(article), form(author_email="Pieter@Example.org"))
    contact = Contact.objects.get()
    assert b"pieter" not in bytes(contact.email_sealed).lower()
    assert "pieter" not in contact.email_mac
    assert contact.comments.count() == 2


def test_nothing_in_the_answer_depends_on_the_address(api: ApiClient, article) -> None:
    first = api.post(thread_url(article), form(author_email="known@example.org")).json()
    known = api.post(thread_url(article), form(author_email="known@example.org")).json()
    unknown = api.post(thread_url(article), form(author_email="new@example.org")).json()
    own_parts = ("id", "author_token", "links")
    for answer in (first, known, unknown):
        for name in own_parts:
            del answer[name]
    known.pop("edit_until"), unknown.pop("edit_until")
    assert known == unknown


def test_the_same_key_and_body_are_the_same_reply(api: ApiClient, article) -> None:
    key = {"Idempotency-Key": "one-intent"}
    first = api.post(thread_url(article), form(), headers=key)
    again = api.post(thread_url(article), form(), headers=key)
    assert again.json() == first.json()
    assert again["Idempotent-Replayed"] == "true"
    assert Comment.objects.count() == 1


def test_the_same_key_with_other_words_is_refused(api: ApiClient, article) -> None:
    key = {"Idempotency-Key": "one-intent"}
    api.post(thread_url(article), form(), headers=key)
    again = api.post(thread_url(article), form(text="Something else."), headers=key)
    assert again.status_code == 422
    assert again.json()["code"] == "idempotency_key_reused"


def test_the_same_words_without_a_key_are_two_replies(api: ApiClient, article) -> None:
    for _ in range(2):
        assert api.post(thread_url(article), form()).status_code == 202
    assert Comment.objects.count() == 2


@pytest.mark.parametrize(
    ("display_as", "shown"), [("name", "Pieter van Dam"), ("initials", "P. V. D."), ("anonymous", None)]
)
def test_an_author_chooses_how_they_are_named(api: ApiClient, open_article, display_as, shown) -> None:
    created = api.post(thread_url(open_article), filled(open_article, display_as=display_as))
    assert api.get(created["Location"]).json()["author"]["name"] == shown


def test_a_website_is_shown_only_beside_a_full_name(api: ApiClient, article, moderator, decided) -> None:
    for display_as in ("name", "initials"):
        sent = form(author_website="https://pieter.example/", display_as=display_as)
        answer = api.post(thread_url(article), sent).json()
        decided(Comment.objects.get(pk=answer["id"]), "publish", moderator)
    named, initialled = api.get(f"{thread_url(article)}?ordering=created_at").json()["results"]
    assert named["author"]["website"] == "https://pieter.example/"
    assert initialled["author"]["website"] is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("HTTPS://Pieter.Example", "https://pieter.example"),
        ("https://münchen.example/straße?q=ü", "https://xn--mnchen-3ya.example/stra%C3%9Fe?q=%C3%BC"),
        ("http://a.example:8080/x y".replace(" ", "%20"), "http://a.example:8080/x%20y"),
    ],
)
def test_a_website_is_kept_as_a_uri(api: ApiClient, article, typed, kept) -> None:
    answer = api.post(thread_url(article), form(author_website=typed)).json()
    read = api.get(answer["links"]["self"], headers=own(answer["author_token"])).json()
    assert read["author"]["website"] == kept


def test_a_reply_with_a_website_is_read_first(api: ApiClient, open_article) -> None:
    answer = api.post(
        thread_url(open_article), filled(open_article, author_website="https://pieter.example/")
    )
    assert answer.status_code == 202
    assert answer.json()["reason"] == "Replies with a link or a website are read before they appear."


def test_html_is_shown_as_text(api: ApiClient, open_article) -> None:
    attack = 'Hello <script>alert(1)</script> <img src=x onerror="alert(1)"> <b>bold</b>'
    created = api.post(thread_url(open_article), filled(open_article, text=attack))
    shown = api.get(created["Location"]).json()
    assert shown["text"] == attack
    assert "<script" not in shown["html"]
    assert "<img" not in shown["html"]
    assert "&lt;b&gt;bold&lt;/b&gt;" in shown["html"]


def test_an_answer_to_a_reply_stands_beneath_it(api: ApiClient, open_article) -> None:
    parent = api.post(thread_url(open_article), filled(open_article)).json()["id"]
    child = api.post(thread_url(open_article), filled(open_article, parent=parent)).json()
    assert child["parent"] == parent
    shown = api.get(f"/api/v1/comments/{child['id']}").json()
    assert (shown["parent"], shown["depth"]) == (parent, 1)
    assert api.get(f"/api/v1/comments/{parent}").json()["replies"]["count"] == 1


def test_the_answer_speaks_the_authors_language(api: ApiClient, article) -> None:
    answer = api.post(thread_url(article), form(locale="fr-CA")).json()
    assert "avant de paraître" in answer["reason"]


def test_without_a_language_the_answer_speaks_the_articles(api: ApiClient, published) -> None:
    french = published("hold", slug="le-sommeil", locale="fr")
    assert "avant de paraître" in api.post(thread_url(french), form()).json()["reason"]


def test_what_was_sent_about_the_author_is_kept_apart(api: ApiClient, article) -> None:
    api.post(thread_url(article), form(country="CA", locale="en-CA", privacy_version="2026-01"))
    private = CommentPrivate.objects.get()
    assert (private.country, private.locale, private.privacy_version) == ("CA", "en-CA", "2026-01")
    assert "127.0.0.1" not in private.ip_digest
    assert len(private.ip_digest) == 64


def test_spaces_line_ends_and_invisible_turns_are_tidied(api: ApiClient, article) -> None:
    api.post(
        thread_url(article),
        form(author_name="  Ada \u202e  Lovelace\n", text="One\r\n\r\ntwo\u2028three\x07  "),
    )
    version = CommentVersion.objects.get()
    assert version.public_name == "Ada Lovelace"
    assert version.text == "One\n\ntwo\nthree"


def test_a_flood_is_told_when_to_come_back_and_where_support_is(api: ApiClient, article, settings) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"comments": (2, 600)}
    for _ in range(2):
        assert api.post(thread_url(article), form()).status_code == 202
    refused = api.post(thread_url(article), form())
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) >= 1
    assert refused.json()["support_href"] == "/api/v1/helplines"
    assert Comment.objects.count() == 2


def test_a_repeated_request_is_not_counted_again(api: ApiClient, article, settings) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"comments": (1, 600)}
    for _ in range(3):
        assert api.post(thread_url(article), form(), headers={"Idempotency-Key": "k"}).status_code == 202
