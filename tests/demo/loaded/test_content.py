"""The demonstration's articles: long enough, cited, reviewed, lawful, kind, and with their figures kept apart."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from articles.actions.gathering import examined
from articles.checks import findings
from articles.demo import source
from articles.models import CatalogueVersion, Embed, Publication

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.django_db]

ONLY_MAPP1 = ("24.4", "13.9", "0.91", "67%", "32%")
ONLY_MAPP2 = ("23.7", "14.8", "26.94", "18.28")
NOT_CONFIRMED = ("71.2", "47.6")
SUBSTANCES = {"mdma", "psilocybin"}


def test_at_least_ten_articles_of_their_full_length_are_readable_two_of_them_in_french(current):
    long = [doc for doc in current.values() if 600 <= doc["body"]["word_count"] <= 1500]

    assert len(long) >= 10
    assert Counter(doc["locale"] for doc in long)["fr"] == 2
    assert {doc["kind"] for doc in long} >= {"article", "guide", "news", "personal_story"}


def test_only_what_was_withdrawn_is_shorter_or_longer(current):
    other = [doc for doc in current.values() if not 600 <= doc["body"]["word_count"] <= 1500]

    assert [doc["slug"] for doc in other if not doc["withdrawal"]] == []


def test_every_text_that_was_ever_public_passes_its_checks(rows):
    found = {
        (row.slug, row.version, finding.code, finding.message)
        for row in rows
        for finding in findings(replace(examined(row.article, row.revision), at=row.effective_from))
        if finding.severity != "advice"
    }

    assert found == set()


def test_every_article_has_a_history_without_holes(rows):
    for article_id in {row.article_id for row in rows}:
        own = [row for row in rows if row.article_id == article_id]

        assert len(own) >= 2, own[0].slug
        assert [row.version for row in own] == list(range(1, len(own) + 1))
        assert all(earlier.effective_until == later.effective_from for earlier, later in pairwise(own))
        assert all(row.change_note for row in own if row.state == "live")


def test_every_medical_text_was_approved_by_somebody_who_wrote_none_of_it(rows):
    for row in (row for row in rows if row.medical):
        writers = row.article.revisions.filter(number__lte=row.revision_number).values_list(
            "author", flat=True
        )

        assert row.review.revision_id == row.revision_id
        assert row.review.reviewer_id not in set(writers)
        assert row.revision.created_at < row.review.created_at < row.effective_from


def test_each_text_was_reviewed_after_the_one_before_it_was_public():
    for article in source.articles():
        for earlier, later in pairwise(article.versions):
            assert earlier.published_at < later.reviewed_at < later.published_at, article.key


def test_documents_name_an_invented_reviewer_and_when_the_review_is_due(documents):
    for document in (document for document in documents if document["medical"]):
        assert document["review"]["status"] == "current"
        assert document["review"]["reviewed_by"]["invented"] is True
        assert document["review"]["due_at"] > document["review"]["reviewed_at"]
        assert document["json_ld"]["@type"] == "MedicalWebPage"


def test_every_byline_is_invented_and_says_so(demo):
    people = [version.document for version in CatalogueVersion.objects.of_kind("person")]

    assert len(people) >= 7
    assert all(person["invented"] and "invented byline" in person["bio"] for person in people)


def test_articles_about_a_substance_always_show_where_it_stands_in_law(documents):
    about = [doc for doc in documents if SUBSTANCES & {topic["slug"] for topic in doc["topics"]}]

    assert len(about) >= 15
    for document in about:
        shown = {row["substance"] for row in document["safety"]["legal"]}
        assert shown, document["slug"]
        assert all(row["as_of"] <= document["updated_at"] for row in document["safety"]["legal"])


def test_no_claim_rests_on_a_retracted_paper(documents):
    retracted = {
        reference["key"]
        for document in documents
        for reference in document["references"]
        if reference["publication_status"] == "retracted"
    }

    assert len(retracted) == 3
    for document in documents:
        for claim in document["claims"]:
            assert not retracted & set(claim["references"])
            assert claim["references"]
            assert claim["population"]


def test_a_retracted_paper_is_listed_as_retracted(documents):
    listed = [
        reference
        for document in documents
        for reference in document["references"]
        if reference["publication_status"] == "retracted"
    ]

    assert all(reference["text"].startswith("Retracted.") for reference in listed)
    assert all(reference["retraction"]["date"] == "2024-08-10" for reference in listed)


def test_a_shortened_list_of_authors_says_so(documents):
    texts = {ref["key"]: ref["text"] for document in documents for ref in document["references"]}

    assert "et al." in texts["mitchell2021mapp1"]


def test_the_personal_story_is_marked_as_one_and_as_invented(current):
    story = current["a-letter-i-did-not-send"]

    assert story["kind"] == "personal_story"
    assert story["claims"] == []
    assert "invented" in story["summary"]
    assert "invented" in story["body"]["html"]
    assert story["content_notes"]


@pytest.mark.parametrize("version", [1, 2, 3, 4])
def test_the_two_trials_have_a_column_each(version, documents):
    document = next(
        doc
        for doc in documents
        if doc["slug"] == "mdma-assisted-therapy-evidence" and doc["version"] == version
    )
    columns = {column for table in tables_of(markdown_of(document)) for column in table[0]}

    assert any("MAPP1" in column for column in columns)
    assert any("MAPP2" in column for column in columns)


def test_a_figure_of_one_trial_is_never_given_to_the_other(documents):
    seen = Counter()
    for document in documents:
        for where, said in sayings(markdown_of(document)):
            for figure in (*ONLY_MAPP1, *ONLY_MAPP2):
                if re.search(rf"(?<![\d.]){re.escape(figure)}(?!\d)", said):
                    own, other = ("mapp1", "mapp2") if figure in ONLY_MAPP1 else ("mapp2", "mapp1")
                    assert own in where.lower(), (document["slug"], said)
                    assert other not in where.lower(), (document["slug"], said)
                    seen[figure] += 1

    assert set(seen) == {*ONLY_MAPP1, *ONLY_MAPP2}


def test_figures_that_nobody_saw_in_the_paper_are_nowhere(documents):
    assert all(figure not in markdown_of(document) for document in documents for figure in NOT_CONFIRMED)


def test_no_text_names_a_dose():
    assert [text for text in every_text() if re.search(r"\d\s*(?:mg|µg|mcg|milligrams?)\b", text)] == []
    assert [text for text in every_text() if re.search(r"\bmg\b", text)] == []


def test_no_text_promises_a_cure():
    promised = re.compile(
        r"\b(?:miracle|breakthrough|game.?changer|cured?|committed suicide|addicts?)\b", re.I
    )

    assert [found[0] for text in every_article_text() for found in promised.finditer(text)] == []


def test_no_article_points_at_an_entry_that_was_not_there_yet(rows):
    begun = {
        (version.item_id, version.number): version.effective_from
        for version in CatalogueVersion.objects.all()
    }
    dates = {row.pk: (row.slug, row.effective_from) for row in rows}

    for embed in Embed.objects.filter(publication__in=dates).select_related("item"):
        slug, shown_at = dates[embed.publication_id]
        assert begun[embed.item_id, embed.item_version] <= shown_at, (slug, embed.item.key)


def test_every_link_to_another_article_leads_to_one_that_was_public(rows):
    first = {}
    for row in rows:
        first.setdefault(str(row.article_id), row.effective_from)
    for row in (row for row in rows if row.rendering):
        linked = set(
            re.findall(r"/api/v1/articles/([0-9a-f-]{36})\"", row.revision.document["body_markdown"])
        )
        assert all(first[id_] <= row.effective_from for id_ in linked), row.slug


def test_versions_of_one_article_in_two_languages_belong_together(rows):
    french = {row.article for row in rows if row.locale == "fr"}
    english = {row.article.group_id for row in rows if row.locale == "en"}

    assert len(french) == 2
    assert all(article.group_id in english for article in french)


def test_helplines_can_be_reached_and_nobody_claims_to_have_checked_them(demo):
    lines = [version.document for version in CatalogueVersion.objects.of_kind("helpline")]

    assert any(line["emergency"] for line in lines)
    assert any(line["international"] for line in lines)
    for line in lines:
        assert line["channels"]
        assert all(re.match(r"(?:tel|sms|mailto):|https://", channel["href"]) for channel in line["channels"])
        assert not line.get("verified_at")


def test_every_publication_is_laid_down_before_now(rows):
    assert min(row.effective_from for row in rows).year == 2025
    assert Publication.objects.count() == len(rows) + 1


def markdown_of(document: dict[str, Any]) -> str:
    """The source that a document was rendered from."""
    revision = Publication.objects.get(article_id=document["id"], version=document["version"]).revision
    body: str = revision.document["body_markdown"]
    return body.replace("\N{MINUS SIGN}", "-")


def tables_of(markdown: str) -> list[list[list[str]]]:
    """The rows of cells of each table, heads first, without the line of dashes."""
    tables: list[list[list[str]]] = []
    before = ""
    for line in markdown.splitlines():
        if line.startswith("|"):
            if not before.startswith("|"):
                tables.append([])
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if not all(set(cell) <= {"-", ":", " "} for cell in cells) or not any(
                "-" in cell for cell in cells
            ):
                tables[-1].append(cells)
        before = line
    return tables


def sayings(markdown: str) -> Iterator[tuple[str, str]]:
    """Where something is said, and what: cells under their column's head and beside their row's, and sentences."""
    for head, *body in tables_of(markdown):
        for row in body:
            yield from ((f"{column} {row[0]}", cell) for column, cell in zip(head[1:], row[1:], strict=True))
    prose = " ".join(line for line in markdown.splitlines() if not line.startswith("|"))
    prose = re.sub(r"\[\^\w+\]", "", prose)
    yield from ((sentence, sentence) for sentence in re.split(r"(?<=[.!?:;])\s+(?=[A-Z])", prose))


def every_text() -> Iterator[str]:
    """Articles, replies and catalogue."""
    yield from every_article_text()
    for file in ("people", "topics", "references", "helplines", "legal"):
        yield from strings_of(source.rows(file))
    yield from strings_of(source.replies())


def every_article_text() -> Iterator[str]:
    for article in source.articles():
        yield from strings_of([article.draft or {}, *(version.content for version in article.versions)])


def strings_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings_of(inner)
