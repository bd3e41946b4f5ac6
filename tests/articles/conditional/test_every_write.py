"""Over the whole URL map: what changes something existing names what was read of it, but for what is exempt by name."""

from typing import Any

import pytest

from tests.matrix.addresses import operations
from tests.security.writes import Write

pytestmark = pytest.mark.django_db

EXEMPT = {
    # method and route -> why it needs no If-Match
    "PUT api/v1/editorial/articles/<article_id>/autosave": "one editor's own working copy, kept while typing",
    "DELETE api/v1/editorial/articles/<article_id>/autosave": "the same; nobody else can have changed it",
    "POST api/v1/editorial/articles/<article_id>/duplicate": "begins a new article and leaves the old one",
    "POST api/v1/editorial/articles/<article_id>/translate": "begins a new article and leaves the old one",
    "POST api/v1/editorial/articles/<article_id>/preview-links": "adds a link and leaves the article as it is",
    "DELETE api/v1/editorial/articles/<article_id>/preview-links/<link_id>": "revoking is final, whoever comes first",
    "DELETE api/v1/editorial/preview-links/<link_id>": "revoking is final, whoever comes first",
    "DELETE api/v1/editorial/tokens/<id>": "revoking is final, whoever comes first",
    "POST api/v1/articles/<slug>/comments": "a reply is new; the article stays as it is",
    "POST api/v1/editorial/articles/<article_id>/comments": "an answer is new; the article stays as it is",
    "POST api/v1/comments/<comment_id>/reports": "a report is new; the reply stays as it is",
    "POST api/v1/editorial/comments/<comment_id>/claim": "a claim changes nothing of the reply; two never hold one",
    "POST api/v1/editorial/comments/<comment_id>/release": "giving back one's own claim, however often",
    "POST api/v1/editorial/comments/<comment_id>/escalations": "an escalation is new; it decides nothing",
    "POST api/v1/editorial/comments/<comment_id>/messages": "a message is new; the reply stays as it is",
    "POST api/v1/confirmations/<token>": "the link in a letter is good once, whoever comes first",
    "POST api/v1/contact-links/<token>": "the same, of a link that was asked for",
    "POST api/v1/unsubscribe/<token>": "stopping letters is final, however often",
    "POST api/v1/editorial/comments/<comment_id>/author/export": "tells, and changes nothing",
    "POST api/v1/my/comments/<comment_id>/appeals": "an appeal is new, and names the latest decision by itself",
    "DELETE api/v1/my/comments/<comment_id>": "an author's deletion is unconditional and repeatable",
}


def named(write: Write) -> str:
    return f"{write.method} {write.route.lstrip('/')}"


def changes_what_is_there(write: Write) -> bool:
    """Everything but a POST to a list that stands alone: that begins something new."""
    return "<" in write.route or write.method != "POST"


@pytest.fixture
def conditional(writes: list[Write]) -> list[Write]:
    return [write for write in writes if changes_what_is_there(write) and named(write) not in EXEMPT]


def test_every_write_has_a_tag_or_a_reason(conditional: list[Write]) -> None:
    assert [named(write) for write in conditional if not write.etag] == []


def test_what_is_exempt_is_there_and_needs_no_tag(writes: list[Write]) -> None:
    exempt = {named(write): write for write in writes if named(write) in EXEMPT}
    assert set(exempt) == set(EXEMPT)
    for name, write in exempt.items():
        assert not write.etag, name
        response = write.send()
        assert response.status_code < 300, (name, response.content)


def test_without_a_tag_nothing_is_written(conditional: list[Write]) -> None:
    for write in conditional:
        assert problem_of(write.send(If_Match="")) == (428, "precondition_required"), write


@pytest.mark.parametrize("tag", ['W/"r0-0"', '"r999-999", "x"'])
def test_with_a_stale_tag_nothing_is_written(conditional: list[Write], tag: str) -> None:
    for write in conditional:
        assert problem_of(write.send(If_Match=tag)) == (412, "stale"), write


def test_a_star_and_what_is_no_tag_are_refused(conditional: list[Write]) -> None:
    for write in conditional:
        assert problem_of(write.send(If_Match="*")) == (400, "if_match_star"), write
        assert problem_of(write.send(If_Match="r1-1")) == (400, "if_match_invalid"), write


def test_the_forms_that_proxies_leave_of_our_own_tag_are_taken(conditional: list[Write]) -> None:
    """Several writes of the list share an article: what an earlier one moved is stale, and never unread."""
    for write in conditional:
        response = write.send(If_Match=f'W/"r0-0" , W/{write.etag}')
        if response.status_code >= 300:
            assert problem_of(response)[0] in (404, 409, 412), (write, response.content)


def test_the_first_write_of_each_thing_succeeds_with_the_weak_form(conditional: list[Write]) -> None:
    seen: set[str] = set()
    for write in conditional:
        thing = write.path.split("/")[5] if write.path.count("/") > 4 else write.path
        if thing not in seen:
            seen.add(thing)
            response = write.send(If_Match=f"W/{write.etag}")
            assert response.status_code < 300, (write, response.content)


def test_the_list_of_writes_is_the_url_map(writes: list[Write]) -> None:
    """So that none of the above can be passed by leaving a write out."""
    known = {(write.method, write.route.lstrip("/")) for write in writes}
    plain = {
        (method, _plain(route)) for method, route in operations() if method != "GET" and "api/v1" in route
    }
    assert plain == known


def _plain(route: str) -> str:
    """`<article_id>` for `<uuid:article_id>`."""
    return "/".join(
        f"<{part.rpartition(':')[2].strip('<>')}>" if part.startswith("<") else part
        for part in route.split("/")
    )


def problem_of(response: Any) -> tuple[int, str]:
    return response.status_code, response.json()["code"]
