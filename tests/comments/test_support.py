"""The sentence beside the way to helplines: everywhere the same, whatever was written; editors may word it."""

import pytest

from cms.models import Site
from cms.support import support_text
from tests.builders import an_entry
from tests.comments.forms import filled
from tests.comments.people import form, own, thread_url

pytestmark = pytest.mark.django_db

OURS = "If you need help now, please do not wait for an answer here: the list of helplines says who can be reached."
THEIRS = {"en": "The list of helplines is for everybody.", "fr": "La liste est pour tout le monde."}


def everywhere(api, article, published) -> set[str]:
    """The sentence of every answer that points at support: taken, held, read again, refused, asked for."""
    url = thread_url(article)
    taken = api.post(url, filled(article))
    grave = api.post(url, filled(article, text="Sometimes I think of killing myself."))
    assert (taken.status_code, grave.status_code) == (201, 202)
    closed = thread_url(published("closed", slug=f"closed-{Site.objects.get().support_texts != {}}".lower()))
    answers = [
        taken,
        grave,
        api.get(grave.json()["links"]["self"], headers=own(grave.json()["author_token"])),
        api.post(url, form(text="")),
        api.post(f"{url}?nonsense=1", form()),
        api.post(closed, form()),
        api.get("/api/v1/helplines"),
    ]
    asked = api.get(f"/api/v1/articles/{article.pk}/comment-form").json()["support"]["text"]
    return {asked, *(answer.json()["support_text"] for answer in answers)}


def test_it_is_the_same_for_everybody_and_the_editors_word_replaces_it(
    api, as_administrator, open_article, published
) -> None:
    Site.objects.create(name="Kintsugi Review", locales=["en", "fr"])
    assert everywhere(api, open_article, published) == {OURS}
    site = "/api/v1/editorial/site"
    tag = {"If-Match": as_administrator.get(site)["ETag"]}
    changed = as_administrator.patch(site, {"support_texts": THEIRS}, headers=tag)
    assert changed.json()["support_texts"] == THEIRS
    assert everywhere(api, open_article, published) == {THEIRS["en"]}
    assert api.get("/api/v1/helplines?locale=fr-CA").json()["support_text"] == THEIRS["fr"]
    french = api.post(f"{thread_url(open_article)}?locale=en", form(locale="fr"))
    assert french.json()["support_text"] == THEIRS["fr"]
    refused = api.get("/api/v1/helplines?locale=1")
    assert refused.status_code == 400


def test_whatever_is_refused_of_a_reader_says_where_support_is(api, open_article, replied, settings) -> None:
    """The sentence of the site, whoever asks, also of one's own reply and without its token."""
    Site.objects.create(name="Review", locales=["en"], support_texts={"en": "Help is here."})
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"contact-requests": (1, 600)}
    own_reply = replied(open_article)
    mine, public = f"/api/v1/my/comments/{own_reply.comment.pk}", f"/api/v1/comments/{own_reply.comment.pk}"
    held, asked = own(own_reply.token), "/api/v1/contact-requests"
    reader = {"email": "nobody@example.org", "purpose": "manage"}
    assert api.post(asked, reader).status_code == 202
    refused = [
        (401, api.get(mine)),
        (401, api.patch(mine, {"text": "Other words."}, headers={"Authorization": "Bearer nonsense"})),
        (404, api.get(mine, headers=own(f"ka_{'x' * 43}"))),
        (404, api.delete(mine, headers=own(f"ka_{'x' * 43}"))),
        (428, api.patch(mine, {"text": "Other words."}, headers=held)),
        (412, api.patch(mine, {"text": "Other words."}, headers={**held, "If-Match": '"v9-9"'})),
        (400, api.patch(mine, {"text": "Other words."}, headers={**held, "If-Match": "*"})),
        (409, api.post(f"{mine}/appeals", {"text": "Please look again."}, headers=held)),
        (422, api.post(f"{public}/reports", {"reason": "none"})),
        (422, api.post("/api/v1/form-tokens", {"article": "none"})),
        (422, api.post(asked, {"email": "nobody"})),
        (429, api.post(asked, reader)),
    ]
    for status, answer in refused:
        told = answer.json()
        assert (answer.status_code, told["support_href"]) == (status, "/api/v1/helplines"), told
        assert told["support_text"] == "Help is here."
    assert refused[0][1]["WWW-Authenticate"] == 'Bearer realm="author"'
    assert "token that came with the reply" in refused[0][1].json()["detail"]


def test_every_refusal_names_the_helplines_of_the_country_that_was_chosen(
    api, open_article, published, replied, decided, moderator, settings
) -> None:
    an_entry("helpline", "canadian-line", name="Canadian Line", country="CA")
    an_entry("helpline", "everywhere", name="Everywhere", country=None, international=True)
    place = thread_url(open_article)
    closed = thread_url(published("closed", slug="closed"))
    canada = {"country": "CA"}
    refused = [
        api.post(place, form(text="", **canada)),
        api.post(f"{place}?nonsense=1", form(**canada)),
        api.post(place, form(parent=str(replied(open_article, policy="hold").comment.pk), **canada)),
        api.post(closed, form(**canada)),
        api.post("/api/v1/articles/never-was/comments", form(**canada)),
    ]
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"comments": (1, 600)}
    assert api.post(place, form(**canada)).status_code == 202
    refused.append(api.post(place, form(**canada)))
    assert [answer.status_code for answer in refused] == [422, 400, 422, 409, 404, 429]
    for answer in refused:
        assert [line["name"] for line in answer.json()["support"]] == ["Canadian Line", "Everywhere"]
    done = replied(open_article)
    mine = f"/api/v1/my/comments/{done.comment.pk}"
    nobody_chose = [
        api.post(place, form(text="", country=7)),
        api.generic("POST", place, b"[]", content_type="application/json"),
        api.patch(mine, {"text": "No tag."}, headers=own(done.token)),
        api.post(f"{mine}/appeals", {"text": "Nothing to appeal."}, headers=own(done.token)),
    ]
    assert [answer.status_code for answer in nobody_chose] == [422, 400, 428, 409]
    for answer in nobody_chose:
        assert [line["name"] for line in answer.json()["support"]] == ["Everywhere"]
        assert answer.json()["support_text"] == OURS


@pytest.mark.parametrize(
    ("texts", "locale", "said"),
    [
        ({}, "de", OURS),
        ({}, "en-IE", OURS),
        ({"fr-CA": "Au Canada.", "fr": "En France."}, "fr-CA", "Au Canada."),
        ({"fr-CA": "Au Canada.", "fr": "En France."}, "fr-BE", "En France."),
        ({"de": "Die Liste."}, "de-AT", "Die Liste."),
        ({"en": "Theirs."}, "de", "Theirs."),
    ],
)
def test_the_nearest_language_is_chosen(texts, locale, said) -> None:
    assert support_text(texts, locale) == said


def test_ours_suggests_neither_that_somebody_watches_nor_what_is_thought_of_the_writer() -> None:
    for locale in ("en", "fr"):
        sentence = support_text({}, locale).lower()
        assert not any(word in sentence for word in ("watch", "surveill", "seem", "worr", "inquiet", "24"))
