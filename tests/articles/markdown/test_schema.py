"""The published schema: it is valid, it accepts everything that is rendered, and it names every field of it."""

import jsonschema
import pytest

from articles.markdown import BLOCK_COMPONENTS, render
from articles.markdown.schema import BLOCK_TYPES, INLINE_TYPES
from articles.markdown.tree import own_inlines, walk
from tests.articles.markdown.corpus import ARTICLE, CONSTRUCTS

SOURCES = {**CONSTRUCTS, "article": ARTICLE}
VALIDATOR = jsonschema.Draft202012Validator(
    {"$ref": "#/components/schemas/Block", "components": {"schemas": BLOCK_COMPONENTS}}
)


def test_every_component_is_a_valid_schema():
    for component in BLOCK_COMPONENTS.values():
        jsonschema.Draft202012Validator.check_schema(component)


@pytest.mark.parametrize("name", SOURCES)
def test_every_rendered_block_is_valid(name):
    for block in render(SOURCES[name]).blocks:
        VALIDATOR.validate(block)


@pytest.mark.parametrize("name", SOURCES)
def test_every_field_is_described(name):
    for block in walk(render(SOURCES[name]).blocks):
        assert set(block) == set(BLOCK_COMPONENTS[BLOCK_TYPES[block["type"]]]["properties"])
        for inline in own_inlines(block):
            described = BLOCK_COMPONENTS[INLINE_TYPES[inline["type"]]]
            assert set(described["required"]) <= set(inline) <= set(described["properties"])


def test_the_corpus_has_every_type():
    blocks = [block for source in SOURCES.values() for block in walk(render(source).blocks)]
    assert {block["type"] for block in blocks} == set(BLOCK_TYPES)
    assert {inline["type"] for block in blocks for inline in own_inlines(block)} == set(INLINE_TYPES)


@pytest.mark.parametrize(("union", "types"), [("Block", BLOCK_TYPES), ("Inline", INLINE_TYPES)])
def test_a_union_names_each_of_its_types(union, types):
    schema = BLOCK_COMPONENTS[union]
    assert schema["discriminator"]["propertyName"] == "type"
    assert [each["$ref"] for each in schema["oneOf"]] == list(schema["discriminator"]["mapping"].values())
    for type, name in types.items():
        assert schema["discriminator"]["mapping"][type] == f"#/components/schemas/{name}"
        assert BLOCK_COMPONENTS[name]["properties"]["type"]["const"] == type


def test_clients_are_told_to_tolerate_new_types():
    assert "tolerate a type it does not know" in BLOCK_COMPONENTS["Block"]["description"]


def test_every_reference_leads_to_a_component():
    def references(value):
        if isinstance(value, dict):
            for key, inside in value.items():
                yield from [inside] if key == "$ref" else references(inside)
        elif isinstance(value, list):
            for inside in value:
                yield from references(inside)

    names = {reference.removeprefix("#/components/schemas/") for reference in references(BLOCK_COMPONENTS)}
    assert names <= set(BLOCK_COMPONENTS)


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "b1", "type": "paragraph", "html": "<p>a</p>"},
        {"id": "b1", "type": "heading", "html": "", "level": 1, "inlines": []},
        {"id": "b1", "type": "paragraph", "html": "", "inlines": [{"type": "text"}]},
        {"type": "divider", "html": "<hr>"},
    ],
)
def test_a_block_that_lacks_something_is_invalid(wrong):
    assert not VALIDATOR.is_valid(wrong)
