"""What was typed into a form, as the value that a program would send."""

from typing import Any

import pytest
from django.http import QueryDict
from rest_framework import serializers

from cms.browsable.fields import digest, fields_of
from cms.browsable.forms import body_of
from cms.errors import InvalidContent


class Note(serializers.Serializer):
    type = serializers.CharField()


class Everything(serializers.Serializer):
    id = serializers.UUIDField(read_only=True)
    title = serializers.CharField(max_length=100)
    summary = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    body_markdown = serializers.CharField(max_length=200_000, required=False)
    medical = serializers.BooleanField(required=False)
    kind = serializers.ChoiceField(["article", "guide"], default="guide")
    number = serializers.IntegerField(required=False)
    topics = serializers.ListField(child=serializers.SlugField(), required=False)
    notes = Note(many=True, required=False)
    extra = serializers.DictField(required=False)
    due_at = serializers.DateTimeField(required=False, allow_null=True)


def body(**typed: str) -> dict[str, Any]:
    form = QueryDict(mutable=True)
    form.update(typed)
    return body_of(form, Everything)


def test_every_input_gets_the_control_that_fits_it() -> None:
    kinds = {field.name: field.kind for field in fields_of(Everything)}
    assert kinds == {
        "title": "text",
        "summary": "textarea",
        "body_markdown": "textarea",
        "medical": "checkbox",
        "kind": "select",
        "number": "number",
        "topics": "lines",
        "notes": "json",
        "extra": "json",
        "due_at": "instant",
    }


def test_only_a_very_long_text_gets_a_tall_box() -> None:
    assert [field.name for field in fields_of(Everything) if field.is_long] == ["body_markdown"]


def test_empty_inputs_are_left_out() -> None:
    assert body(title="A", summary="", number=" ", topics="\r\n", notes="", due_at="") == {"title": "A"}


def test_an_emptied_input_is_cleared() -> None:
    names = ("summary", "topics", "due_at", "notes", "extra")
    held = {f"_was_{name}": digest("something") for name in names}
    assert body(**held, **dict.fromkeys(names, "")) == {
        "summary": "",
        "topics": [],
        "due_at": None,
        "notes": [],
        "extra": {},
    }


def test_an_input_that_still_holds_what_it_held_is_left_out() -> None:
    held = {"_was_title": digest("A"), "_was_body_markdown": digest("a\nb"), "_was_medical": digest("true")}
    assert body(**held, title="A", body_markdown="a\r\nb", medical="true", _shown_medical="1") == {}
    assert body(**held, title="B", body_markdown="a\r\nb", _shown_medical="1") == {
        "title": "B",
        "medical": False,
    }


def test_a_box_that_was_shown_and_not_ticked_is_false() -> None:
    assert body(title="A", _shown_medical="1") == {"title": "A", "medical": False}
    assert body(title="A", _shown_medical="1", medical="true") == {"title": "A", "medical": True}
    assert body(title="A") == {"title": "A"}


def test_lines_are_a_list_of_texts() -> None:
    assert body(topics=" ptsd \r\n\r\nlaw\r\n")["topics"] == ["ptsd", "law"]
    assert body(topics='["ptsd", "law"]')["topics"] == ["ptsd", "law"]


def test_nested_values_are_json() -> None:
    assert body(notes='[{"type": "abuse"}]', extra='{"a": [1]}') == {
        "notes": [{"type": "abuse"}],
        "extra": {"a": [1]},
    }


def test_what_is_not_json_is_refused_where_it_stands() -> None:
    with pytest.raises(InvalidContent) as refused:
        body(title="A", notes="[oops")
    assert [error.pointer for error in refused.value.errors] == ["/notes"]


def test_json_nested_without_end_is_refused() -> None:
    with pytest.raises(InvalidContent):
        body(notes="[" * 100_000)


def test_numbers_are_numbers_and_other_words_are_left_to_the_serializer() -> None:
    assert body(number="-12") == {"number": -12}
    assert body(number="twelve") == {"number": "twelve"}


def test_a_long_text_keeps_its_spaces_and_has_plain_line_ends() -> None:
    assert body(body_markdown="  a\r\nb \r\n")["body_markdown"] == "  a\nb \n"


def test_our_own_hidden_inputs_are_no_part_of_the_body() -> None:
    assert body(title="A", _method="PATCH", csrfmiddlewaretoken="x", _if_match='"r1"') == {"title": "A"}


def test_an_unknown_name_stays_so_that_it_is_refused() -> None:
    assert body(title="A", password="x") == {"title": "A", "password": "x"}
