"""The stored document: the same facts give the same bytes, and the bytes are what the schema says."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from jsonschema import Draft202012Validator

from articles.rendering import Correction, Withdrawal, render_article
from cms.canonical import sha256_hex
from cms.openapi import document
from tests.articles.rendering.facts import AUTHOR, BODY, LEGAL, REFERENCE, REVIEWER, TOPIC, facts


def judged(name: str, instance: object) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": document.build()["components"]}
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(instance)


def test_the_same_facts_give_the_same_bytes():
    one, other = render_article(facts()), render_article(facts())
    assert one == other
    assert one.etag == f'"{sha256_hex(one.body)[:32]}"'


def test_other_facts_give_other_bytes():
    made = facts()
    assert render_article(replace(made, version=3)).sha256 != render_article(made).sha256


@pytest.mark.parametrize("medical", [True, False])
@pytest.mark.parametrize("locale", ["en", "fr"])
def test_document_and_card_are_what_the_schema_says(medical, locale):
    made = facts(medical=medical)
    rendered = render_article(
        replace(
            made,
            locale=locale,
            withdrawal=Withdrawal("It is out of date.", None),
            corrections=(Correction(made.published_at, "A number was wrong.", 1, 2),),
        )
    )
    judged("Article", json.loads(rendered.body))
    judged("ArticleCard", json.loads(rendered.card))


def test_the_card_is_the_document_without_four_members():
    rendered = render_article(facts())
    whole, card = json.loads(rendered.body), json.loads(rendered.card)
    assert set(whole) - set(card) == {"body", "references", "claims", "json_ld"}
    assert card == {name: whole[name] for name in card}


def test_it_knows_everything_that_its_bytes_hold():
    rendered = render_article(facts())
    held = {entry.id for entry in rendered.embeds}
    assert held == {entry.id for entry in (TOPIC, AUTHOR, LEGAL, REFERENCE, REVIEWER)}
    assert rendered.topics == (TOPIC,)
    assert rendered.authors == (AUTHOR,)


def test_references_are_numbered_as_the_text_cites_them():
    made = facts()
    further = replace(REFERENCE, key="two2021", id="0190e0a0-0000-7000-8000-000000000006")
    made = replace(
        made,
        entries={**made.entries, ("reference", "two2021"): further},
        content={**made.content, "references": ["two2021", "one2020"]},
    )
    listed = json.loads(render_article(made).body)["references"]
    assert [(item["key"], item["number"]) for item in listed] == [("one2020", 1), ("two2021", None)]


def test_content_notes_of_sections_join_those_of_the_article_at_their_strongest():
    notes = json.loads(render_article(facts()).body)["content_notes"]
    assert notes == [{"type": "violence", "intensity": 2}]


def test_it_holds_instants_and_no_judgement_about_them():
    made = facts()
    due = (made.published_at - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    made = replace(made, content={**made.content, "review_due_at": due})
    review = json.loads(render_article(made).body)["review"]
    assert review["due_at"] == due
    assert review["status"] == "current"


def test_an_unreviewed_correction_says_why():
    review = json.loads(
        render_article(
            facts(reviewed=None, review_status="pending", unreviewed_reason="A wrong number.")
        ).body
    )["review"]
    assert review["status"] == "pending"
    assert review["unreviewed_reason"] == "A wrong number."


def test_ids_of_an_older_grammar_are_given_up():
    rendered = render_article(facts(block_ids=("b1", "b2")))
    assert json.loads(rendered.body)["body"]["html"].startswith("<h2")


def test_links_inside_stay_at_this_site_and_by_id():
    body = BODY + "\nSee [this](article:0190e0a0-0000-7000-8000-00000000000b).\n"
    made = facts(body=body)
    html = json.loads(render_article(made).body)["body"]["html"]
    assert 'href="/api/v1/articles/0190e0a0-0000-7000-8000-00000000000b"' in html
