"""Whatever the facts: the same bytes for the same facts, and every document what its schemas say."""

import json
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.content import COMMENTS_POLICIES, NOTE_TYPES, URGENCY_LEVELS
from articles.models.article import KINDS
from articles.rendering import Correction, Facts, Withdrawal, render_article
from articles.rendering.body import body_of
from tests.articles.rendering.facts import BODY, facts
from tests.articles.rendering.test_json_ld import judge, statements
from tests.client import validator

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
LINES = st.lists(st.sampled_from(BODY.strip().split("\n\n")) | TEXTS, max_size=5).map("\n\n".join)
NOTES = st.fixed_dictionaries({"type": st.sampled_from(NOTE_TYPES), "intensity": st.integers(1, 3)})
CARDS = st.fixed_dictionaries({"level": st.sampled_from(URGENCY_LEVELS), "text": TEXTS})
CONTENTS = st.fixed_dictionaries(
    {
        "title": TEXTS,
        "summary": TEXTS,
        "medical": st.booleans(),
        "topics": st.sampled_from([[], ["ptsd"], ["nowhere"]]),
        "authors": st.sampled_from([[], ["ann"]]),
        "legal": st.sampled_from([[], ["xx-mdma"]]),
        "references": st.sampled_from([[], ["one2020"]]),
        "content_notes": st.lists(NOTES, max_size=3),
        "urgency": st.lists(CARDS, max_size=2),
        "seo": st.fixed_dictionaries({"title": TEXTS, "description": TEXTS}),
        "comments_policy": st.sampled_from(COMMENTS_POLICIES),
        "extra": st.dictionaries(TEXTS, TEXTS | st.integers(-1000, 1000) | st.none(), max_size=3),
    }
)
EXAMPLES = settings(max_examples=60, deadline=None, derandomize=True)


@st.composite
def some_facts(draw: st.DrawFn) -> Facts:
    """A publication of anything that an editor could have written."""
    body = draw(LINES)
    made = facts(body=body, block_ids=(), kind=draw(st.sampled_from(KINDS)))
    at = made.published_at
    return replace(
        made,
        content={**made.content, **draw(CONTENTS), "body_markdown": body},
        locale=draw(st.sampled_from(["en", "fr", "de-AT"])),
        reviewed=draw(st.sampled_from([None, made.reviewed])),
        unreviewed_reason=draw(TEXTS),
        withdrawal=draw(st.sampled_from([None, Withdrawal("Out of date.", None)])),
        corrections=draw(st.sampled_from([(), (Correction(at, "A number was wrong.", 1, 2),)])),
        disclaimer=draw(TEXTS),
    )


def errors(component: str, value: Any) -> list[str]:
    found = validator(f"/components/schemas/{component}").iter_errors(value)
    return [f"{error.json_path}: {error.message[:300]}" for error in found]


@EXAMPLES
@given(some_facts())
def test_document_and_card_are_what_their_schemas_say(made: Facts) -> None:
    rendered = render_article(made)
    whole, card = json.loads(rendered.body), json.loads(rendered.card)
    assert errors("Article", whole) == errors("ArticleCard", card) == []
    assert card == {
        name: value
        for name, value in whole.items()
        if name not in ("body", "references", "claims", "json_ld")
    }


@EXAMPLES
@given(some_facts())
def test_the_same_facts_give_the_same_bytes_whatever_is_remembered(made: Facts) -> None:
    first = render_article(made)
    body_of.cache_clear()
    assert render_article(replace(made, entries=dict(reversed(made.entries.items())))) == first


@settings(EXAMPLES, max_examples=20)
@given(some_facts())
def test_the_description_is_one_that_schema_org_allows(made: Facts) -> None:
    described = json.loads(render_article(made).body)["json_ld"]
    for statement in statements(described):
        judge(*statement)


@EXAMPLES
@given(some_facts())
def test_the_description_can_stand_in_a_script_element_as_it_is(made: Facts) -> None:
    text = render_article(made).body.decode()
    start = text.index('"json_ld":') + len('"json_ld":')
    value, length = json.JSONDecoder().raw_decode(text[start:])
    assert "<" not in text[start : start + length]
    assert value == json.loads(text)["json_ld"]


@EXAMPLES
@given(some_facts())
def test_links_inside_the_api_are_root_relative(made: Facts) -> None:
    whole = json.loads(render_article(made).body)
    links = [
        *whole["links"].values(),
        whole["url"],
        whole["comments"]["href"],
        whole["safety"]["helplines_href"],
    ]
    assert all(link.startswith("/api/v1/") for link in links)
