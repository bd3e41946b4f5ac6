"""From blocks to HTML: every block gets its own, from which its parent's is made.

Roles are those of DPUB-ARIA 1.1 for citations and notes; nothing here is conveyed by colour alone.
"""

from collections.abc import Sequence

from articles.markdown.labels import Labels
from articles.markdown.sanitiser import escape, escape_attribute
from articles.markdown.tree import Block, Inline


class HtmlWriter:
    """Writes blocks as HTML with the words of one language."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels

    def write(self, blocks: Sequence[Block]) -> str:
        """Set the `html` of every block, nested ones too, and return that of all."""
        for item in blocks:
            item["html"] = _BLOCKS[item["type"]](self, item)
        return "\n".join(item["html"] for item in blocks)

    def _paragraph(self, item: Block) -> str:
        return f"<p>{inline_html(item['inlines'])}</p>"

    def _heading(self, item: Block) -> str:
        level = item["level"]
        return f'<h{level} id="{item["id"]}">{inline_html(item["inlines"])}</h{level}>'

    def _list(self, item: Block) -> str:
        self.write(item["blocks"])
        tag = "ol" if item["ordered"] else "ul"
        start = f' start="{item["start"]}"' if item["start"] != 1 else ""
        entries = [_tight_item(entry) if item["tight"] else entry["html"] for entry in item["blocks"]]
        return f"<{tag}{start}>\n" + "\n".join(entries) + f"\n</{tag}>"

    def _item(self, item: Block) -> str:
        return f"<li>{self.write(item['blocks'])}</li>"

    def _quote(self, item: Block) -> str:
        return f"<blockquote>\n{self.write(item['blocks'])}\n</blockquote>"

    def _code(self, item: Block) -> str:
        language = f' class="language-{item["language"]}"' if item["language"] else ""
        return f"<pre><code{language}>{escape(item['text'])}</code></pre>"

    def _divider(self, item: Block) -> str:
        return "<hr>"

    def _table(self, item: Block) -> str:
        header = _row([_header_cell(*pair) for pair in zip(item["header"], item["alignments"], strict=True)])
        rows = [
            _row([_cell(*pair) for pair in zip(row, item["alignments"], strict=True)]) for row in item["rows"]
        ]
        body = "\n<tbody>\n" + "\n".join(rows) + "\n</tbody>" if rows else ""
        return f'<table id="{item["id"]}">\n<thead>\n{header}\n</thead>{body}\n</table>'

    def _callout(self, item: Block) -> str:
        title = f'\n<p class="callout-title">{escape(item["title"])}</p>' if item["title"] else ""
        name = f' aria-label="{escape_attribute(item["title"])}"' if item["title"] else ""
        opening = f'<aside class="callout callout-{item["variant"]}" id="{item["id"]}" role="note"{name}>'
        return f"{opening}{title}\n{self.write(item['blocks'])}\n</aside>"

    def _claim(self, item: Block) -> str:
        words = self._labels
        certainty = words.certainty.format(certainty=words.certainties[item["certainty"]])
        parts = [f'<span class="claim-certainty">{escape(certainty)}</span>']
        if item["population"]:
            population = escape(words.population.format(population=item["population"]))
            parts.append(f'<span class="claim-population">{population}</span>')
        if item["references"]:
            parts.append(f"{escape(words.references)} {_citation({'items': item['references']})}")
        evidence = f'<p class="claim-evidence">{"; ".join(parts)}</p>'
        opening = f'<div class="claim" id="{item["id"]}" data-certainty="{item["certainty"]}">'
        return f"{opening}\n{self.write(item['blocks'])}\n{evidence}\n</div>"

    def _section(self, item: Block) -> str:
        words = self._labels
        notes = ", ".join(map(self._content_note, item["content_notes"]))
        heading = f"{escape(words.content_note)}: {notes}" if notes else escape(words.content_note)
        summary = f'\n<p class="section-summary">{escape(item["summary"])}</p>' if item["summary"] else ""
        note = (
            f'<div class="section-note" role="note">\n<p class="section-notes">{heading}</p>{summary}\n</div>'
        )
        body = f'<div class="section-body">\n{self.write(item["blocks"])}\n</div>'
        return f'<section class="section" id="{item["id"]}">\n{note}\n{body}\n</section>'

    def _content_note(self, note: dict[str, str]) -> str:
        words = self._labels
        text = words.intensity.format(note=words.notes[note["type"]], level=note["intensity"])
        data = f'data-content-note="{note["type"]}" data-intensity="{note["intensity"]}"'
        return f'<span class="content-note" {data}>{escape(text)}</span>'

    def _footnotes(self, item: Block) -> str:
        name = escape_attribute(self._labels.footnotes)
        opening = f'<section class="footnotes" role="doc-endnotes" aria-label="{name}">'
        return f"{opening}\n<ol>\n{self.write(item['blocks'])}\n</ol>\n</section>"

    def _footnote(self, item: Block) -> str:
        name = escape_attribute(self._labels.back.format(number=item["number"]))
        attributes = f'class="footnote-back" role="doc-backlink" aria-label="{name}"'
        backs = [f'<a {attributes} href="#{anchor}">↩</a>' for anchor in item["anchors"]]
        return f'<li id="{item["id"]}">{self.write(item["blocks"])} {" ".join(backs)}</li>'


_BLOCKS = {
    "paragraph": HtmlWriter._paragraph,
    "heading": HtmlWriter._heading,
    "list": HtmlWriter._list,
    "list_item": HtmlWriter._item,
    "quote": HtmlWriter._quote,
    "code": HtmlWriter._code,
    "divider": HtmlWriter._divider,
    "table": HtmlWriter._table,
    "callout": HtmlWriter._callout,
    "claim": HtmlWriter._claim,
    "section": HtmlWriter._section,
    "footnotes": HtmlWriter._footnotes,
    "footnote": HtmlWriter._footnote,
}


def inline_html(inlines: Sequence[Inline]) -> str:
    """Return the HTML of inlines, numbers and anchors as they are set."""
    return "".join(_INLINES[item["type"]](item) for item in inlines)


def _tight_item(entry: Block) -> str:
    parts = [
        inline_html(child["inlines"]) if child["type"] == "paragraph" else child["html"]
        for child in entry["blocks"]
    ]
    return "<li>" + "\n".join(parts) + "</li>"


def _row(entries: list[str]) -> str:
    return "<tr>" + "".join(entries) + "</tr>"


def _header_cell(cell: dict[str, list[Inline]], alignment: str) -> str:
    if not cell["inlines"]:
        return _cell(cell, alignment)
    return f'<th scope="col"{_aligned(alignment)}>{inline_html(cell["inlines"])}</th>'


def _cell(cell: dict[str, list[Inline]], alignment: str) -> str:
    return f"<td{_aligned(alignment)}>{inline_html(cell['inlines'])}</td>"


def _aligned(alignment: str) -> str:
    return "" if alignment == "default" else f' class="align-{alignment}"'


def _wrapped(tag: str, item: Inline) -> str:
    inside = escape(item["text"]) if "text" in item else inline_html(item["inlines"])
    return f"<{tag}>{inside}</{tag}>"


def _link(item: Inline) -> str:
    target = item.get("target")
    extra = f' data-article="{target["id"]}"' if target else ' rel="noopener"'
    return f'<a href="{escape_attribute(item["href"])}"{extra}>{inline_html(item["inlines"])}</a>'


def _citation(item: Inline) -> str:
    items = item["items"]
    if len(items) == 1:
        return _cited(items[0], "[{}]")
    return '<span class="citations">[' + ", ".join(_cited(each, "{}") for each in items) + "]</span>"


def _cited(item: dict[str, str], frame: str) -> str:
    locator = f", {item['locator']}" if item.get("locator") else ""
    text = escape(frame.format(f"{item['number']}{locator}"))
    attributes = (
        f'class="citation" role="doc-biblioref" href="#ref-{item["key"]}" data-citation="{item["key"]}"'
    )
    return f"<a {attributes}>{text}</a>"


def _footnote_mark(item: Inline) -> str:
    attributes = f'class="footnote" role="doc-noteref" id="{item["anchor"]}" href="#{item["id"]}"'
    return f"<sup><a {attributes}>{item['number']}</a></sup>"


_INLINES = {
    "text": lambda item: escape(item["text"]),
    "strong": lambda item: _wrapped("strong", item),
    "emphasis": lambda item: _wrapped("em", item),
    "code": lambda item: _wrapped("code", item),
    "sub": lambda item: _wrapped("sub", item),
    "sup": lambda item: _wrapped("sup", item),
    "break": lambda item: "<br>",
    "link": _link,
    "citation": _citation,
    "footnote": _footnote_mark,
}
