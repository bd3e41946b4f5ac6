"""Citations and footnotes: their numbers, their marks and where they lead."""

import pytest

from articles.markdown import render


def codes(source):
    return [problem.code for problem in render(source).problems]


def test_citations_are_numbered_in_order_of_first_mention():
    rendered = render("[@b] then [@a] then [@b]")
    numbers = [inline["items"][0]["number"] for inline in rendered.blocks[0]["inlines"] if "items" in inline]
    assert numbers == [1, 2, 1]
    assert rendered.citations == ("b", "a")


def test_a_citation_leads_to_its_reference():
    assert render("[@koenen2017wmh]").html == (
        '<p><a class="citation" role="doc-biblioref" href="#ref-koenen2017wmh"'
        ' data-citation="koenen2017wmh">[1]</a></p>'
    )


def test_a_citation_says_where():
    rendered = render("[@a, p.  12]")
    assert rendered.blocks[0]["inlines"][0]["items"] == [{"key": "a", "number": 1, "locator": "p. 12"}]
    assert ">[1, p. 12]</a>" in rendered.html


def test_citations_together_share_their_brackets():
    html = render("[@a; @b, ch. 3]").html
    assert '<span class="citations">[<a' in html
    assert ">1</a>, <a" in html
    assert ">2, ch. 3</a>]</span>" in html


def test_a_claims_references_count_after_its_text():
    rendered = render("::: claim certainty=high population=p refs=x,y\nText [@z].\n:::\n\n[@x]")
    assert rendered.citations == ("z", "x", "y")
    assert rendered.claims[0]["references"] == ["x", "y"]
    assert [each["number"] for each in rendered.blocks[0]["references"]] == [2, 3]


@pytest.mark.parametrize("source", ["[@]", "[@ a]", "[@a; b]", "[@a, ]", "[@a"])
def test_what_is_nearly_a_citation_is_reported(source):
    rendered = render(source)
    assert rendered.citations == ()
    assert codes(source) == ["citation-malformed"]
    assert source in rendered.text


def test_an_address_in_a_sentence_is_no_citation():
    assert codes("Write to us@example.org [today]") == []


def test_a_citation_inside_a_link_stays_text():
    rendered = render("[see [@a]](https://example.org)")
    assert rendered.citations == ()
    assert rendered.html.count("<a ") == 1
    assert codes("[see [@a]](https://example.org)") == ["citation-in-link"]


def test_citations_do_not_count_as_words():
    assert render("One [@a, p. 12] two.").word_count == 2


FOOTNOTES = "One[^n] two[^m] three[^n].\n\n[^m]: Second.\n[^n]: First.\n\n    Still first.\n"


def test_footnotes_stand_at_the_end_in_order_of_first_mention():
    ending = render(FOOTNOTES).blocks[-1]
    assert ending["type"] == "footnotes"
    assert [note["number"] for note in ending["blocks"]] == [1, 2]
    assert [len(note["blocks"]) for note in ending["blocks"]] == [2, 1]


def test_a_footnote_leads_there_and_back():
    rendered = render(FOOTNOTES)
    first = rendered.blocks[-1]["blocks"][0]
    mark = rendered.blocks[0]["inlines"][1]
    assert mark == {"type": "footnote", "id": first["id"], "number": 1, "anchor": f"{first['id']}-ref-1"}
    assert (
        f'<a class="footnote" role="doc-noteref" id="{mark["anchor"]}" href="#{first["id"]}">1</a>'
        in rendered.html
    )
    assert f'<li id="{first["id"]}">' in rendered.html
    for anchor in first["anchors"]:
        assert f'href="#{anchor}">↩</a>' in rendered.html
        assert f'id="{anchor}"' in rendered.html
    assert len(first["anchors"]) == 2


def test_the_footnotes_are_a_named_landmark():
    assert '<section class="footnotes" role="doc-endnotes" aria-label="Footnotes">' in render(FOOTNOTES).html


def test_a_footnote_mentioned_only_in_a_footnote_follows_it():
    rendered = render("a[^x]\n\n[^y]: inner\n[^x]: outer[^y]\n")
    assert [note["number"] for note in rendered.blocks[-1]["blocks"]] == [1, 2]
    assert rendered.text.endswith("outer\ninner")


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("a[^x]", "footnote-undefined"),
        ("a\n\n[^x]: b", "footnote-unused"),
        ("a[^x]\n\n[^x]: b\n\n[^x]: c", "footnote-duplicate"),
        ("a[^x]\n\n[^x]:\n", "footnote-empty"),
        ("[a[^x]](https://example.org) b[^x]\n\n[^x]: c", "footnote-in-link"),
    ],
)
def test_a_wrong_footnote_is_reported(source, code):
    assert codes(source) == [code]


def test_an_undefined_footnote_stays_visible():
    assert render("a[^x]").text == "a[^x]"
