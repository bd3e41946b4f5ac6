"""The guard of minor updates: what passes as a slip of the pen, and what never does."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.content import complete
from articles.guard import MOST, Difference, Text, differences
from articles.markdown import render

EXAMPLES = settings(max_examples=80, deadline=None, derandomize=True)
BODY = """## What helps

Sleep for 8 hours, and avoid screens. This is not safe for everybody [@one2020].

Do not stop suddenly. About 1,5 % of people wake two times a night; see [the line](tel:+15550100).

3. Rest.
4. Walk.

::: claim certainty=low population="adults" refs=one2020
People slept better.
:::

::: callout type=urgent title="Call now"
Call 112 when breathing stops.
:::

::::: section notes=violence:2 summary="What happened."
Something happened.
:::::
"""
WORDS = st.sampled_from("sleep often settles with time after trauma people rest and walk gently home".split())
NEGATIONS = (
    "not no never none without neither nor cannot don't avoid ne pas jamais aucun rien sans ni".split()
)
NUMBERS = "two half double twice hundred third demi moitié trois vingt 7 12.5 ½ ٣ 30% 2nd".split()


def text(body: str = BODY, **fields: Any) -> Text:
    return Text(
        complete({"title": "Sleep", "summary": "What helps.", "body_markdown": body, **fields}), render(body)
    )


def codes(before: Text, after: Text) -> list[str]:
    return list(dict.fromkeys(found.code for found in differences(before, after)))


def test_an_equal_text_is_minor() -> None:
    assert differences(text(), text()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("happened.", "had happened."),
        ("8 hours", "8  hours"),
        ("1,5 %", "1,5\N{NARROW NO-BREAK SPACE}%"),
        ("everybody [", "*everybody* ["),
        ("Walk", "Go for a walk"),
        ("suddenly", "sudenly"),
        ("Do not", "do **not**"),
        ("What helps", "What may help"),
    ],
)
def test_slips_of_the_pen_are_minor(old: str, new: str) -> None:
    assert old in BODY
    assert differences(text(), text(BODY.replace(old, new))) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("8 hours", "6 hours", "number"),
        ("8 hours", "8 minutes", "number"),
        ("8 hours", "eight hours", "number"),
        ("1,5 %", "1.5 %", "number"),
        ("1,5 %", "15 %", "number"),
        ("1,5 %", "1,5", "number"),
        ("two times a night", "two times a week", "number"),
        ("two times", "three times", "number"),
        ("Sleep for", "Sleep twice for", "number"),
        ("people wake", "people wake or half of them", "number"),
        ("+15550100", "+15550101", "number"),
        ("3. Rest", "5. Rest", "number"),
        ("is not safe", "is safe", "negation"),
        ("is not safe", "is not harmful", "negation"),
        ("is not safe", "isn't safe", "negation"),
        ("is not safe", "is unsafe", "negation"),
        ("Do not stop", "Do stop", "negation"),
        ("avoid screens", "use screens", "negation"),
        ("Something happened", "Nothing happened", "negation"),
        ("Something happened", "Something n**ev**er happened", "negation"),
        ("slept better", "slept well", "claim"),
        ("certainty=low", "certainty=high", "claim"),
        ("everybody [@one2020]", "everybody", "reference"),
        ("everybody [@one2020]", "everybody [@one2020, p. 2]", "reference"),
        ("when breathing stops", "when breathing is hard", "urgency"),
        ("type=urgent", "type=tip", "urgency"),
        ("violence:2", "violence:1", "content_note"),
    ],
)
def test_what_must_be_reviewed_is_no_minor_update(old: str, new: str, code: str) -> None:
    assert old in BODY
    found = differences(text(), text(BODY.replace(old, new)))
    assert code in {difference.code for difference in found}
    assert all(difference.pointer == "/body_markdown" for difference in found)


@pytest.mark.parametrize(
    ("fields", "code", "pointer"),
    [
        ({"medical": True}, "medical", "/medical"),
        ({"legal": ["mdma-ca"]}, "legal", "/legal"),
        ({"references": ["one2020"]}, "reference", "/references"),
        ({"urgency": [{"level": "urgent", "text": "Call."}]}, "urgency", "/urgency"),
        ({"content_notes": [{"type": "abuse", "intensity": 1}]}, "content_note", "/content_notes"),
        ({"review_due_at": "2030-01-01T00:00:00Z"}, "review_date", "/review_due_at"),
        ({"title": "Sleep in 3 steps"}, "number", "/title"),
        ({"summary": "What never helps."}, "negation", "/summary"),
        ({"seo": {"title": "", "description": "Ten ways."}}, "number", "/seo/description"),
        ({"extra": {"box": {"note": "Not for children."}}}, "negation", "/extra/box/note"),
    ],
)
def test_each_field_has_its_word(fields: dict[str, Any], code: str, pointer: str) -> None:
    assert [(found.code, found.pointer) for found in differences(text(), text(**fields))] == [(code, pointer)]


def test_topics_authors_and_the_slug_are_nobodys_risk() -> None:
    assert differences(text(), text(topics=["sleep"], authors=["ann"], slug="sleep-2", related=[])) == []


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("C'est sûr.", "Ce n'est pas sûr.", "negation"),
        ("Ne conduisez pas.", "Conduisez.", "negation"),
        ("Prenez deux pauses.", "Prenez trois pauses.", "number"),
        ("Avec un médecin.", "Sans un médecin.", "negation"),
        ("Deux fois par jour.", "Deux fois par semaine.", "number"),
        ("C'est utile.", "C'est inutile.", "negation"),
        ("La première nuit.", "La deuxième nuit.", "number"),
    ],
)
def test_french_is_read_too(before: str, after: str, code: str) -> None:
    assert code in codes(text(before), text(after))


def test_it_says_what_and_where() -> None:
    before, after = text("Sleep 8 hours."), text("Sleep 6 hours.")
    block_id = after.body.blocks[0]["id"]
    assert Difference(
        "number", f"“6 hours” was not in the reviewed text (block {block_id}).", "/body_markdown"
    ) in differences(before, after)


def test_a_moved_paragraph_without_facts_is_minor_and_one_with_facts_is_not() -> None:
    assert differences(text("Rest.\n\nWalk."), text("Walk.\n\nRest.")) == []
    assert codes(text("Rest 2 days.\n\nWalk 3 days."), text("Walk 3 days.\n\nRest 2 days.")) == ["number"]


def test_a_text_of_nothing_but_numbers_names_no_more_than_enough() -> None:
    before, after = (" ".join(str(n * step) for n in range(30_000)) for step in (2, 3))
    assert len(differences(text(before), text(after))) == MOST


@EXAMPLES
@given(st.lists(WORDS, min_size=2, max_size=30), st.data())
def test_a_slip_in_a_word_or_a_space_more_is_minor(words: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(words) - 1))
    word = words[place]
    slip = data.draw(
        st.sampled_from([word + word[-1], word[:-1], word[1] + word[0] + word[2:], word + " ", word])
    )
    changed = [*words[:place], slip, *words[place + 1 :]]
    separator = data.draw(st.sampled_from([" ", "  ", "\n"]))
    assert differences(text(" ".join(words)), text(separator.join(changed))) == []


@EXAMPLES
@given(
    st.lists(WORDS | st.from_regex(r"[1-9][0-9]{0,3}([.,][0-9]{1,2})?%?", fullmatch=True), min_size=1),
    st.data(),
)
def test_any_changed_digit_is_caught(words: list[str], data: st.DataObject) -> None:
    source = "Rest " + " ".join([*words, "12"])
    places = [place for place, sign in enumerate(source) if sign.isdigit()]
    place = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != source[place]]))
    changed = source[:place] + digit + source[place + 1 :]
    assert "number" in codes(text(source), text(changed))


@EXAMPLES
@given(
    st.lists(WORDS, min_size=1, max_size=20), st.sampled_from(NEGATIONS), st.sampled_from(NUMBERS), st.data()
)
def test_a_negation_or_a_number_that_comes_or_goes_is_caught(
    words: list[str], negation: str, number: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(words)))
    for added, code in ((negation, "negation"), (number, "number")):
        longer = " ".join(["Rest", *words[:place], added, *words[place:], "now"])
        shorter = " ".join(["Rest", *words, "now"])
        assert code in codes(text(shorter), text(longer))
        assert code in codes(text(longer), text(shorter))


@EXAMPLES
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_can_be_compared_and_an_equal_one_is_minor(one: str, other: str) -> None:
    assert differences(text(one, title=one), text(one, title=one)) == []
    differences(text(one), text(other))
