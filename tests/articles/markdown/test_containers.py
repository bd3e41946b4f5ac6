"""Callouts, claims and sections with content notes; what is wrong with them is reported and keeps the text."""

import pytest

from articles.markdown import CALLOUT_VARIANTS, CERTAINTIES, CONTENT_NOTE_TYPES, FRENCH, labels_for, render


def codes(source):
    return [problem.code for problem in render(source).problems]


@pytest.mark.parametrize("variant", CALLOUT_VARIANTS)
def test_a_callout_says_how_urgent_it_is(variant):
    rendered = render(f'::: callout type={variant} title="Call \\"now\\""\nText\n:::')
    callout = rendered.blocks[0]
    assert (callout["variant"], callout["title"]) == (variant, 'Call "now"')
    assert f'<aside class="callout callout-{variant}" id="{callout["id"]}" role="note"' in rendered.html
    assert '<p class="callout-title">Call "now"</p>\n<p>Text</p>' in rendered.html
    assert rendered.problems == []


@pytest.mark.parametrize("certainty", CERTAINTIES)
def test_a_claim_carries_its_evidence(certainty):
    rendered = render(f'::: claim certainty={certainty} population="Adults" refs=a,b\nIt *helps*.\n:::')
    claim = rendered.blocks[0]
    assert rendered.claims == [
        {
            "id": claim["id"],
            "text": "It helps.",
            "certainty": certainty,
            "population": "Adults",
            "references": ["a", "b"],
        }
    ]
    assert f'data-certainty="{certainty}"' in rendered.html
    assert "Population: Adults" in rendered.html
    assert rendered.problems == []


@pytest.mark.parametrize("note", CONTENT_NOTE_TYPES)
def test_a_sections_note_and_summary_come_before_its_text(note):
    rendered = render(f':::: section notes={note}:3 summary="What follows."\nThe text.\n::::')
    assert rendered.blocks[0]["content_notes"] == [{"type": note, "intensity": 3}]
    html = rendered.html
    assert html.index(f'data-content-note="{note}"') < html.index("What follows.") < html.index("The text.")
    assert rendered.problems == []


def test_content_notes_of_all_sections_are_merged_at_their_greatest():
    source = (
        "::: section notes=violence:1,abuse:2 summary=s\na\n:::\n\n"
        "::: section notes=violence:3 summary=s\nb\n:::"
    )
    assert render(source).content_notes == [
        {"type": "violence", "intensity": 3},
        {"type": "abuse", "intensity": 2},
    ]


def test_more_colons_hold_fewer():
    rendered = render(":::: callout type=tip\n::: callout type=note\na\n:::\nb\n::::\n\nc")
    outer = rendered.blocks[0]
    assert [child["type"] for child in outer["blocks"]] == ["callout", "paragraph"]
    assert rendered.problems == []


def test_an_unknown_container_keeps_its_text():
    rendered = render("::: poll a=b\nText\n:::")
    assert rendered.html == "<p>Text</p>"
    assert [(problem.code, problem.severity, problem.line) for problem in rendered.problems] == [
        ("container-unknown", "error", 1)
    ]


@pytest.mark.parametrize(
    "opening",
    [
        "callout",
        "callout type=loud",
        "callout type=note size=3",
        "callout type=note type=tip",
        "callout type=note title=“a” b",
        'callout type=note title="a',
        "claim population=p refs=a",
        "claim certainty=sure population=p refs=a",
        "claim certainty=low refs=a",
        "claim certainty=low population=p",
        "claim certainty=low population=p refs=a,(b)",
        "section notes=violence:2",
        "section summary=s",
        "section summary=s notes=violence",
        "section summary=s notes=violence:4",
        "section summary=s notes=boredom:1,violence:1",
    ],
)
def test_a_wrong_attribute_is_an_error_and_keeps_the_text(opening):
    rendered = render(f"::: {opening}\nThe text.\n:::")
    assert {(problem.code, problem.severity) for problem in rendered.problems} == {
        ("container-attribute", "error")
    }
    assert "<p>The text.</p>" in rendered.html


def test_a_claim_without_a_certainty_is_no_claim():
    assert render("::: claim certainty=sure population=p refs=a\nText\n:::").claims == []


def test_quotation_marks_of_word_processors_are_understood():
    assert render("::: callout type=note title=“Two words”\na\n:::").blocks[0]["title"] == "Two words"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("::: callout type=note\nText", ["container-unclosed"]),
        ("Text\n\n:::", ["container-stray-fence"]),
        ("::: callout type=note\n:::\n\nText", ["empty-block"]),
        (
            "::: callout type=note\n::: callout type=tip\nText\n:::\n:::",
            ["container-unclosed", "container-stray-fence"],
        ),
    ],
)
def test_a_fence_that_does_not_match_is_reported(source, expected):
    assert sorted(codes(source)) == sorted(expected)
    assert "<p>Text</p>" in render(source).html


def test_the_words_around_a_text_follow_its_language():
    source = "::: claim certainty=low population=p refs=a\nTexte\n:::"
    assert "Niveau de certitude des données : faible" in render(
        source, labels=labels_for("fr-CA")
    ).html.replace("&nbsp;", " ")
    assert labels_for("de") == labels_for("en")
    assert set(FRENCH.notes) == set(CONTENT_NOTE_TYPES)
    assert set(FRENCH.certainties) == set(CERTAINTIES)
