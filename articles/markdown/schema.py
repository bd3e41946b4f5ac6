"""The published shape of blocks and inlines: JSON Schema 2020-12 components, for OpenAPI 3.1 and for tests."""

from typing import Any

from articles.markdown.directives import CALLOUT_VARIANTS, CERTAINTIES, CONTENT_NOTE_TYPES

Schema = dict[str, Any]

_PREFIX = "#/components/schemas/"
_TOLERANCE = (
    "Types and fields may be added within v1: a client must tolerate a type it does not know, by showing the"
    " block's `html` or, for an inline, its `text` or `inlines`, and must ignore fields it does not know."
)


def _ref(name: str) -> Schema:
    return {"$ref": _PREFIX + name}


def _array(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def _string(description: str, **more: Any) -> Schema:
    return {"type": "string", "description": description, **more}


def _number(description: str, **more: Any) -> Schema:
    return {"type": "integer", "description": description, **more}


def _object(description: str, properties: Schema, *, optional: tuple[str, ...] = ()) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "description": description, "properties": properties, "required": required}


def _block(type: str, description: str, **properties: Schema) -> Schema:
    common = {
        "id": _string(
            "Stable while the block lives, unique in the document.", pattern="^[a-z][a-z0-9]{0,31}$"
        ),
        "type": {"type": "string", "const": type},
    }
    html = {"html": _string("The block as sanitised HTML, complete in itself.")}
    return _object(description, common | properties | html)


def _inline(type: str, description: str, *, optional: tuple[str, ...] = (), **properties: Schema) -> Schema:
    return _object(description, {"type": {"type": "string", "const": type}} | properties, optional=optional)


def _union(description: str, mapping: dict[str, str]) -> Schema:
    return {
        "description": f"{description} {_TOLERANCE}",
        "oneOf": [_ref(name) for name in mapping.values()],
        "discriminator": {
            "propertyName": "type",
            "mapping": {type: _PREFIX + name for type, name in mapping.items()},
        },
    }


_BLOCKS = _array(_ref("Block"))
_INLINES = _array(_ref("Inline"))
_CELLS = _array(_ref("TableCell"))
_CONTAINED = {"blocks": _BLOCKS}

BLOCK_TYPES = {
    "heading": "HeadingBlock",
    "paragraph": "ParagraphBlock",
    "list": "ListBlock",
    "list_item": "ListItemBlock",
    "quote": "QuoteBlock",
    "code": "CodeBlock",
    "table": "TableBlock",
    "divider": "DividerBlock",
    "callout": "CalloutBlock",
    "claim": "ClaimBlock",
    "section": "SectionBlock",
    "footnotes": "FootnotesBlock",
    "footnote": "FootnoteBlock",
}
INLINE_TYPES = {
    "text": "TextInline",
    "strong": "StrongInline",
    "emphasis": "EmphasisInline",
    "code": "CodeInline",
    "link": "LinkInline",
    "citation": "CitationInline",
    "footnote": "FootnoteInline",
    "sub": "SubInline",
    "sup": "SupInline",
    "break": "BreakInline",
}

_BLOCK_SCHEMAS: dict[str, Schema] = {
    "HeadingBlock": _block(
        "heading",
        "A heading; its id is the anchor in the HTML.",
        level={"type": "integer", "enum": [2, 3, 4]},
        inlines=_INLINES,
    ),
    "ParagraphBlock": _block("paragraph", "A paragraph.", inlines=_INLINES),
    "ListBlock": _block(
        "list",
        "A list; its blocks are items.",
        ordered={"type": "boolean"},
        start=_number("The number of the first item; 1 for unordered lists.", minimum=0),
        tight={"type": "boolean", "description": "Whether items are set without space between them."},
        blocks=_array(_ref("ListItemBlock")),
    ),
    "ListItemBlock": _block("list_item", "One item of a list.", **_CONTAINED),
    "QuoteBlock": _block("quote", "A quotation.", **_CONTAINED),
    "CodeBlock": _block(
        "code",
        "Preformatted text.",
        language=_string("The language that the author named, or empty."),
        text=_string("The text, without a line feed at its end."),
    ),
    "TableBlock": _block(
        "table",
        "A table; header and every row have as many cells as there are alignments.",
        alignments=_array({"type": "string", "enum": ["default", "left", "center", "right"]}),
        header=_CELLS,
        rows=_array(_CELLS),
    ),
    "DividerBlock": _block("divider", "A change of subject."),
    "CalloutBlock": _block(
        "callout",
        "A text set apart, by urgency.",
        variant={"type": "string", "enum": list(CALLOUT_VARIANTS)},
        title=_string("Its title, or empty."),
        **_CONTAINED,
    ),
    "ClaimBlock": _block(
        "claim",
        "A claim of fact with the certainty of its evidence (GRADE).",
        certainty={"type": "string", "enum": list(CERTAINTIES)},
        population=_string("Whom the evidence is about."),
        references=_array(_ref("CitedReference")),
        **_CONTAINED,
    ),
    "SectionBlock": _block(
        "section",
        "A part that some may want to skip.",
        content_notes=_array(_ref("SectionContentNote")),
        summary=_string("What somebody skips, in one neutral sentence."),
        **_CONTAINED,
    ),
    "FootnotesBlock": _block(
        "footnotes",
        "All footnotes, in order of first mention; always the last block.",
        blocks=_array(_ref("FootnoteBlock")),
    ),
    "FootnoteBlock": _block(
        "footnote",
        "The text of one footnote.",
        number=_number("Its number, from 1.", minimum=1),
        anchors=_array(
            _string("An id in the HTML."), description="The ids of its marks in the text, for links back."
        ),
        **_CONTAINED,
    ),
}

_INLINE_SCHEMAS: dict[str, Schema] = {
    "TextInline": _inline("text", "Plain text.", text=_string("The text, not escaped.")),
    "StrongInline": _inline("strong", "Strong emphasis.", inlines=_INLINES),
    "EmphasisInline": _inline("emphasis", "Emphasis.", inlines=_INLINES),
    "CodeInline": _inline("code", "Preformatted words.", text=_string("The text, not escaped.")),
    "LinkInline": _inline(
        "link",
        "A link; links to articles are root-relative and by id, so that they outlive a changed slug.",
        href=_string("An address with https, http, mailto or tel, or a path of this API."),
        target=_object(
            "What a path of this API is.",
            {"kind": {"type": "string", "enum": ["article"]}, "id": {"type": "string", "format": "uuid"}},
        ),
        inlines=_INLINES,
        optional=("target",),
    ),
    "CitationInline": _inline(
        "citation", "One citation, of one reference or several.", items=_array(_ref("Citation"), minItems=1)
    ),
    "FootnoteInline": _inline(
        "footnote",
        "The mark of a footnote.",
        id=_string("The id of the footnote's block."),
        number=_number("The footnote's number, from 1.", minimum=1),
        anchor=_string("The id of this mark in the HTML."),
    ),
    "SubInline": _inline("sub", "Subscript.", text=_string("The text, not escaped.")),
    "SupInline": _inline("sup", "Superscript.", text=_string("The text, not escaped.")),
    "BreakInline": _inline("break", "A line break."),
}

_KEY = _string("The reference's key.")
_ORDINAL = _number("Its number in the document, from 1, in order of first mention.", minimum=1)

BLOCK_COMPONENTS: dict[str, Schema] = {
    "Block": _union("One block of a text.", BLOCK_TYPES),
    **_BLOCK_SCHEMAS,
    "TableCell": _object("One cell of a table.", {"inlines": _INLINES}),
    "CitedReference": _object("A reference that supports a claim.", {"key": _KEY, "number": _ORDINAL}),
    "SectionContentNote": _object(
        "What a section holds, and how strongly (1 to 3).",
        {
            "type": {"type": "string", "enum": list(CONTENT_NOTE_TYPES)},
            "intensity": {"type": "integer", "minimum": 1, "maximum": 3},
        },
    ),
    "Inline": _union("One part of a line of text.", INLINE_TYPES),
    **_INLINE_SCHEMAS,
    "Citation": _object(
        "One cited reference.",
        {"key": _KEY, "number": _ORDINAL, "locator": _string("Where in it, as “p. 12”, or empty.")},
    ),
}
