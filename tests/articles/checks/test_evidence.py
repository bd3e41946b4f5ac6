"""What a text rests on, where its subject stands in law, whom it points at."""

import pytest

from tests.articles.checks.texts import an_entry, codes, found, the

ID = "01890a5d-ac96-774b-bcce-b302099a8057"


def a_claim(certainty: str = "low") -> str:
    return f'::: claim certainty={certainty} population="adults" refs=smith2020\nIt helps.\n:::\n'


def reference(status: str = "current"):
    return an_entry("reference", "smith2020", publication_status=status)


def test_a_text_with_nothing_to_find_has_no_findings() -> None:
    assert found() == []


def test_an_unknown_citation_is_found_on_its_line() -> None:
    finding = the("unknown_citation", "One.\n\nTwo [@smith2020, p. 3].\n")
    assert (finding.severity, finding.line) == ("error", 3)


def test_a_retraction_is_said_where_the_work_is_cited() -> None:
    retracted = (reference("retracted"),)
    assert the("retracted_citation", "It helps [@smith2020].", entries=retracted).severity == "warning"
    for said in ("A paper, since retracted, said so [@smith2020].", "Un article rétracté [@smith2020]."):
        assert "retracted_citation" not in codes(said, entries=retracted)


def test_a_retraction_said_elsewhere_is_not_said_here() -> None:
    text = "It was retracted [@smith2020].\n\nStill, it helps [@smith2020].\n"
    assert "retracted_citation" in codes(text, entries=(reference("retracted"),))


@pytest.mark.parametrize(
    ("status", "code", "severity"),
    [
        ("retracted", "claim_on_retracted", "error"),
        ("withdrawn", "claim_on_doubtful", "warning"),
        ("expression-of-concern", "claim_on_doubtful", "warning"),
    ],
)
def test_a_claim_needs_sound_support(status: str, code: str, severity: str) -> None:
    finding = the(code, a_claim(), medical=True, entries=(reference(status),))
    assert (finding.severity, finding.line) == (severity, 1)


@pytest.mark.parametrize("status", ["current", "corrected"])
def test_a_claim_on_sound_support_stands(status: str) -> None:
    assert {finding.code for finding in found(a_claim(), medical=True, entries=(reference(status),))} == {
        "missing_urgency",
        "missing_review_date",
    }


def test_claims_want_a_review_and_stories_make_none() -> None:
    entries = (reference(),)
    assert the("claim_not_medical", a_claim(), entries=entries).severity == "warning"
    assert the("claim_in_story", a_claim(), kind="personal_story", entries=entries).severity == "error"


def test_keys_that_the_catalogue_lacks_block() -> None:
    finding = the("unknown_entry", topics=["nowhere"])
    assert (finding.severity, finding.location) == ("error", "/topics/0")


@pytest.mark.parametrize("topic", ["mdma", "psilocybin", "ketamine"])
def test_an_article_on_a_substance_shows_where_it_stands_in_law(topic: str) -> None:
    entries = (an_entry("topic", topic),)
    assert the("missing_legal_box", topics=[topic], entries=entries).severity == "error"
    assert "missing_legal_box" not in codes(topics=[topic], entries=entries, kind="personal_story")


def test_the_legal_box_is_about_the_substance_of_the_article() -> None:
    entries = (an_entry("topic", "psilocybin"), an_entry("legal_status", "ca-mdma"))
    finding = the("legal_box_incomplete", topics=["psilocybin"], legal=["ca-mdma"], entries=entries)
    assert finding.severity == "warning"


def test_a_text_that_keeps_naming_a_substance_is_advised_to_show_its_law() -> None:
    assert "legal_box_advised" in codes("MDMA was given. " * 10)
    assert "legal_box_advised" not in codes("MDMA was given. " * 9)


@pytest.mark.parametrize(
    ("dates", "overdue"),
    [
        ({"as_of": "2025-06-30"}, True),
        ({"as_of": "2025-07-02"}, False),
        ({"as_of": "2022-01-01", "review_due_at": "2026-07-01"}, False),
        ({"as_of": "2026-06-01", "review_due_at": "2026-06-30"}, True),
    ],
)
def test_a_legal_status_is_overdue_after_its_day_or_a_year(dates: dict, overdue: bool) -> None:
    told = codes(legal=["ca-mdma"], entries=(an_entry("legal_status", "ca-mdma", **dates),))
    assert ("legal_overdue" in told) is overdue


def test_the_day_of_the_next_review_lies_ahead() -> None:
    assert the("review_overdue", review_due_at="2026-07-01T11:59:59Z").severity == "warning"
    assert "review_overdue" not in codes(review_due_at="2026-07-01T12:00:01Z")


@pytest.mark.parametrize(
    ("state", "code", "severity"),
    [
        (None, "unknown_article", "error"),
        ("unpublished", "unreadable_article", "warning"),
        ("gone", "unreadable_article", "warning"),
        ("withdrawn", "withdrawn_article", "advice"),
    ],
)
def test_a_link_to_what_cannot_be_read_is_found(state: str | None, code: str, severity: str) -> None:
    linked = {ID: state} if state else {}
    in_text = the(code, f"One.\n\nSee [this](article:{ID}).\n", linked=linked)
    assert (in_text.severity, in_text.location, in_text.line) == (severity, "/body_markdown", 3)
    assert the(code, related=[ID], linked=linked).location == "/related/0"


def test_a_link_to_a_live_article_is_fine() -> None:
    assert found(f"See [this](article:{ID}).", linked={ID: "live"}, related=[ID]) == []


def test_a_story_says_that_it_is_one() -> None:
    story = "I remember my first night. I lay awake, and my sister came to me. " * 15
    topics = {"topics": ["personal-stories"], "entries": (an_entry("topic", "personal-stories"),)}
    assert the("story_not_marked", **topics).severity == "warning"
    assert the("reads_as_story", story).severity == "advice"
    assert codes(story, kind="personal_story", **topics) == set()
    assert "reads_as_story" in codes("Je me souviens de ma nuit. J’ai appelé mon amie. " * 25, locale="fr")


def test_long_titles_and_summaries_are_advised_against() -> None:
    assert codes(title="a" * 111, summary="b" * 321) == {"title_too_long", "summary_too_long"}
    assert codes(title="a" * 110, summary="b" * 320) == set()


def test_what_is_missing_is_an_error_at_its_field() -> None:
    told = found("", title=" ", slug="", summary="", authors=[])
    places = {finding.location for finding in told if finding.severity == "error"}
    assert places == {"/title", "/slug", "/summary", "/body_markdown", "/authors"}


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "A sniper fired. The shelling went on. A grenade fell."),
        ("fr", "Le combat dura. Un bombardement, puis une grenade."),
    ],
)
def test_a_part_full_of_war_may_need_a_note(locale: str, text: str) -> None:
    finding = the("content_note", f"## Then\n\n{text}\n", locale=locale)
    assert (finding.severity, finding.line) == ("advice", 3)
    assert "war-combat" in finding.message


def test_a_note_on_the_article_or_on_the_section_is_enough() -> None:
    text = "A sniper fired. The shelling went on. A grenade fell."
    section = f'::: section notes=war-combat:2 summary="What happened."\n{text}\n:::\n'
    nested = f'::::: section notes=war-combat:2 summary="All."\n::: callout type=note\n{text}\n:::\n:::::\n'
    assert "content_note" not in codes(text, content_notes=[{"type": "war-combat", "intensity": 2}])
    assert "content_note" not in codes(section)
    assert "content_note" not in codes(nested)
    assert "content_note" in codes(f'::: section notes=abuse:1 summary="All."\n{text}\n:::\n')
    assert "content_note" in codes(f"{section}\n{text}\n")


def test_one_word_here_and_one_there_needs_no_note() -> None:
    assert "content_note" not in codes("A grenade.\n\n## Later\n\nA sniper.\n\n## At last\n\nA bombing.\n")
    assert "content_note" not in codes("La violence, la violette et le violon. " * 3, locale="fr")
