"""Query parameters: each read in one form, everything else refused by name."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.test import RequestFactory

from cms import pagination, parameters
from cms.errors import Malformed

ALLOWED = {
    "q": parameters.text(max_length=10),
    "slug": parameters.text(pattern="[a-z0-9-]+"),
    "kind": parameters.choice(("article", "guide"), default="article"),
    "fields": parameters.choices(("id", "title", "slug")),
    "limit": parameters.limit(),
    "offset": parameters.integer(-5, 5),
    "at": parameters.instant(),
    "count": parameters.boolean(default=False),
    "around": parameters.uuid(),
    "cursor": parameters.cursor(),
}
ID = "0190e0a0-0000-7000-8000-000000000000"


def read(query, allowed=ALLOWED):
    return parameters.read(RequestFactory().get(f"/?{query}"), allowed)


def refused(query, allowed=ALLOWED):
    with pytest.raises(Malformed) as caught:
        read(query, allowed)
    return caught.value


def test_what_was_not_sent_has_its_default():
    values = read("")
    assert values["kind"] == "article"
    assert values["limit"] == 20
    assert values["count"] is False
    assert values["fields"] == ()
    assert values["at"] is values["cursor"] is values["q"] is None


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("q=caf%C3%A9", "café"),
        ("slug=a-1", "a-1"),
        ("kind=guide", "guide"),
        ("fields=title,id", ("title", "id")),
        ("limit=100", 100),
        ("offset=-5", -5),
        ("at=2026-03-01T12:00:00Z", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("at=2026-03-01T12:00:00.999Z", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("at=2026-03-01T14:00:00%2B02:00", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("at=2026-03-01T14:00:00+02:00", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("count=true", True),
        (f"around={ID}", UUID(ID)),
    ],
)
def test_each_kind_is_read_as_its_type(query, value):
    assert read(query)[query.partition("=")[0]] == value


def test_a_cursor_is_read_as_the_mapping_it_was_made_of():
    assert read(f"cursor={pagination.encode({'o': 'id'})}")["cursor"] == {"o": "id"}


@pytest.mark.parametrize(
    "query",
    [
        "q=",
        "q=elevenchars",
        "q=a%00b",
        "q=a%0Ab",
        "q=%FF",
        "slug=A",
        "kind=Article",
        "kind=",
        "fields=id,id",
        "fields=id,secret",
        "fields=",
        "limit=0",
        "limit=101",
        "limit=+5",
        "limit=05",
        "limit=5.0",
        "limit=%D9%A5",
        "limit=1_0",
        "limit=" + "9" * 5000,
        "offset=-0",
        "offset=--1",
        "at=2026-03-01",
        "at=2026-03-01T12:00:00",
        "at=2026-02-30T12:00:00Z",
        "at=0001-01-01T00:00:00%2B02:00",
        "at=%D9%A2026-03-01T12:00:00Z",
        "count=True",
        "count=1",
        f"around={ID.upper()}",
        "around=x",
        "cursor=x",
        "cursor=",
    ],
)
def test_any_other_form_is_refused_by_name(query):
    error = refused(query)
    assert [item.parameter for item in error.errors] == [query.partition("=")[0]]
    assert error.errors[0].code in ("invalid_parameter", "invalid_cursor")


def test_an_unknown_parameter_is_named_with_what_is_allowed():
    error = refused("limits=5")
    assert error.code == "unknown_parameter"
    assert error.errors[0].parameter == "limits"
    assert "limit, " in error.errors[0].detail


def test_a_parameter_sent_twice_is_refused_although_both_agree():
    error = refused("limit=5&limit=5")
    assert (error.code, error.errors[0].parameter) == ("duplicate_parameter", "limit")


def test_everything_wrong_is_told_at_once():
    assert len(refused("limit=x&nope=1&kind=z").errors) == 3


def test_a_required_parameter_is_asked_for():
    error = refused("", {"q": parameters.text(required=True)})
    assert error.errors[0].parameter == "q"


def test_an_endless_name_is_not_repeated_in_full():
    assert len(refused("x" * 5000 + "=1").errors[0].parameter) == 60


def test_schemas_say_what_the_readers_take():
    assert ALLOWED["limit"].schema == {"type": "integer", "minimum": 1, "maximum": 100}
    assert ALLOWED["kind"].schema["enum"] == ["article", "guide"]
    assert ALLOWED["fields"].schema["items"]["enum"] == ["id", "title", "slug"]
