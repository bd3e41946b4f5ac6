"""Nothing that an author or a reader can type runs: not on our pages, and not where a frontend puts our HTML."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from articles.markdown import render
from articles.models import Article
from cms import clock
from cms.models import User
from comments.actions import Submission, compose, submit
from comments.actions.threads import Policy
from comments.rendering.markdown import to_html
from tests.builders import TEXT, a_published_article, an_article, an_entry, reviewed
from tests.client import ApiClient
from tests.comments.people import NOBODY, words
from tests.security.browser import watched
from tests.security.payloads import PAYLOADS, in_markdown

IN_ARTICLES = frozenset(
    "a abbr aside blockquote br code div em h2 h3 h4 h5 h6 hr li ol p pre section span strong sub sup table tbody td th"
    " thead tr ul".split()
)
IN_REPLIES = frozenset("p br em strong ul ol li blockquote a".split())

INSPECT = """root => {
    const found = [];
    for (const element of document.querySelectorAll(root + ' *')) {
        const attributes = [...element.attributes].map(attribute => attribute.name);
        found.push([element.localName, element.namespaceURI, attributes, element.href || '', element.rel || '']);
    }
    return found;
}"""


def articles_html() -> Iterator[str]:
    for payload in PAYLOADS:
        for source in in_markdown(payload):
            yield render(source).html


def replies_html() -> Iterator[str]:
    for payload in PAYLOADS:
        for source in in_markdown(payload):
            yield to_html(source)


@pytest.mark.parametrize(
    ("pieces", "tags", "relations"),
    [(articles_html, IN_ARTICLES, {"", "noopener"}), (replies_html, IN_REPLIES, {"nofollow ugc noopener"})],
    ids=["articles", "replies"],
)
def test_no_html_of_ours_runs_in_a_page_without_any_policy(
    pieces: Any, tags: frozenset[str], relations: set[str]
) -> None:
    documents = list(pieces())
    assert len(documents) > 1500
    with watched() as browser:
        browser.show("<main>" + "\n".join(f"<article>{html}</article>" for html in documents) + "</main>")
        assert browser.page.evaluate("document.querySelectorAll('main > article').length") == len(documents)
        found = browser.page.evaluate(INSPECT, "main > article")
        browser.page.evaluate(
            "all => { for (const html of all) { document.body.appendChild(document.createElement('p')).innerHTML = html } }",
            documents,
        )
        browser.page.wait_for_timeout(300)
    assert browser.incidents == []
    for tag, namespace, attributes, href, relation in found:
        assert tag in tags, tag
        assert namespace == "http://www.w3.org/1999/xhtml"
        assert not any(
            name.startswith("on") or name in ("style", "srcdoc", "formaction") for name in attributes
        )
        if tag == "a" and href:
            assert re.match(r"(https?://|mailto:|tel:|about:blank#|/api/v1/articles/|about:)", href), href
            assert relation in relations or href.startswith("about:blank#"), (href, relation)


def test_the_browser_notices_what_runs() -> None:
    """Else silence would prove nothing: raw payloads do run where nothing guards a page."""
    noticed = 0
    with watched() as browser:
        for payload in PAYLOADS:
            browser.incidents.clear()
            browser.show(f"<main>{payload}</main>")
            noticed += bool(browser.incidents)
    assert noticed > 30


def test_the_browser_notices_what_a_policy_refuses(live_server: Any) -> None:
    with watched(live_server.url) as browser:
        browser.open("/sign-in")
        browser.page.evaluate("() => { document.body.innerHTML += '<img src=x onerror=alert(1)>' }")
        browser.page.wait_for_timeout(200)
    assert any("script-src" in incident for incident in browser.incidents)


def spoken() -> str:
    """Many payloads in one text that an article's checks let through."""
    return "\n\n".join(
        payload.replace("<", "&lt;") if payload.startswith("<") else payload for payload in PAYLOADS
    )


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["", "?fields=json_ld", "?fields=title,json_ld"])
def test_the_description_for_search_engines_can_stand_in_a_script_element(api: ApiClient, query: str) -> None:
    """As its documentation promises: the bytes are put into a page as they came."""
    breakout = "</script><script>alert(1)</script><!--<script>"
    a_published_article(slug="one", title=breakout, summary=breakout)
    body = api.get(f"/api/v1/articles/one{query}").content.decode()
    described = body[body.index('"json_ld":') + len('"json_ld":') :]
    described = described.rpartition(',"extra":')[0] or described[:-1]
    assert "<" not in described
    with watched() as browser:
        browser.show(f'<script type="application/ld+json" id="x">{described}</script><p>after</p>')
        assert browser.page.evaluate("JSON.parse(document.getElementById('x').textContent).name") == breakout
        assert browser.page.locator("p").inner_text() == "after"
    assert browser.incidents == []


@pytest.fixture
def poisoned(transactional_db: None, author: User, reviewer: User) -> dict[str, str]:
    """A site in which every text is a payload: addresses of its pages by what they show."""
    worst = PAYLOADS[0] + PAYLOADS[12] + PAYLOADS[58]
    person = an_entry("person", "ines-halloran", name=worst, bio=worst, interests=worst, credentials=worst)
    topic = an_entry("topic", "sleep", title={"en": worst, "fr": worst})
    line = an_entry("helpline", "line", name=worst, note=worst)
    content: dict[str, Any] = {
        "title": worst,
        "summary": worst,
        "body_markdown": TEXT + spoken(),
        "authors": [person.key],
        "topics": [topic.key],
        "seo": {"title": worst, "description": worst},
        "urgency": [{"level": "urgent", "text": worst}],
        "extra": {worst: dict(zip(map(str, range(99)), PAYLOADS, strict=False))},
    }
    live = a_published_article(by=author, slug="live", comments_policy="publish", **content)
    draft = an_article(by=author, slug="draft", **content)
    reviewed(
        draft,
        by=reviewer,
        note=worst,
        interests=worst,
        remarks=[{"note": worst}],
    )
    replies = [_reply(live, payload, policy) for payload in PAYLOADS[::6] for policy in ("publish", "hold")]
    desk, moderated = "/api/v1/editorial/articles", f"/api/v1/editorial/comments/{replies[1]}"
    public = (
        *(
            "/api/v1/articles",
            "/api/v1/articles/live",
            "/api/v1/articles/live/versions",
            "/api/v1/articles/live/comments",
        ),
        *(
            "/api/v1/people",
            "/api/v1/people/ines-halloran",
            "/api/v1/topics",
            "/api/v1/topics/sleep",
            "/api/v1/helplines",
        ),
        f"/api/v1/comments/{replies[0]}",
    )
    signed_in = (
        *(desk, f"{desk}/{draft.pk}", f"{desk}/{draft.pk}/revisions", f"{desk}/{draft.pk}/revisions/1"),
        *(f"{desk}/{draft.pk}/checks", f"{desk}/{draft.pk}/reviews", f"{desk}/{live.pk}/timeline"),
        *("/api/v1/editorial/comments", moderated, f"{moderated}/versions", f"{moderated}/decisions"),
        *(
            f"/api/v1/editorial/people/{person.pk}",
            f"/api/v1/editorial/helplines/{line.pk}",
            "/api/v1/editorial/people",
        ),
        *("/api/v1/editorial/preview-markdown", "/api/v1/editorial/me", "/api/v1/editorial/tokens"),
    )
    return dict.fromkeys(public, "public") | dict.fromkeys(signed_in, "signed in")


def _reply(article: Article, text: str, policy: str) -> str:
    done = submit(
        article_id=article.pk,
        policy=Policy(policy),
        submission=Submission(email="reader@example.org", ip_digest=NOBODY),
        draft=compose(words(text, author_name=text[:100]), policy),
        now=clock.read_instant(),
    )
    return str(done.comment.pk)


def session_of(user: User) -> dict[str, str]:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert Session.objects.exists()
    return {"session": client.cookies["session"].value}


def test_no_page_of_ours_runs_or_breaks_its_policy(
    live_server: Any, poisoned: dict[str, str], administrator: User
) -> None:
    cookies = session_of(administrator)
    with watched(live_server.url, cookies) as browser:
        for address in poisoned:
            browser.open(address)
            assert browser.page.title(), address
            assert browser.page.locator("main").count() == 1, address
        assert "sign-in" not in browser.page.url
    assert browser.incidents == []


def test_no_address_that_is_shown_again_runs(live_server: Any, administrator: User) -> None:
    cookies = session_of(administrator)
    templates = (
        "/api/v1/{}",
        "/api/v1/articles/{}",
        "/api/v1/articles?{}=1",
        "/api/v1/articles?topic={}",
        "/api/v1/topics/{}",
        "/api/v1/editorial/articles?q={}",
        "/sign-in?next={}",
        "/api/docs?url={}",
    )
    with watched(live_server.url, cookies) as browser:
        for number, payload in enumerate(PAYLOADS[::3]):
            browser.open(templates[number % len(templates)].format(quote(payload)))
        for template in templates[:-1]:
            for payload in (PAYLOADS[0], PAYLOADS[18], PAYLOADS[58]):
                browser.open(template.format(quote(payload)))
    assert browser.incidents == []


def test_what_was_typed_into_a_form_comes_back_as_text(
    live_server: Any, poisoned: dict[str, str], administrator: User
) -> None:
    cookies = session_of(administrator)
    hostile = PAYLOADS[7] + PAYLOADS[0] + PAYLOADS[55]
    with watched(live_server.url, cookies) as browser:
        browser.open("/api/v1/editorial/articles")
        browser.page.fill("#post-title", hostile)
        browser.page.fill("#post-slug", hostile)
        browser.page.click("main section.form button[type=submit] >> nth=0")
        assert browser.page.input_value("#post-slug") == hostile
        assert browser.page.input_value("#post-title") == hostile
    assert browser.incidents == []


def test_the_documentation_draws_itself_under_the_policy(live_server: Any) -> None:
    with watched(live_server.url) as browser:
        browser.open("/api/docs")
        browser.page.wait_for_selector(".opblock", timeout=30_000)
    assert browser.incidents == []
