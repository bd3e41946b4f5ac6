"""Walking a list by key: every row that stays is met exactly once, whatever comes, goes or ties."""

import json
from dataclasses import replace

import pytest
from django.db.models import F
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st

from cms import pagination
from cms.errors import Malformed
from cms.models import RateWindow
from cms.pagination import Order, envelope, envelope_bytes, page, pins

NEWEST = Order((("window", "desc"), ("id", "desc")))
BY_THREE = Order((("scope", "asc"), ("window", "desc"), ("id", "asc")))
BY_ID = Order((("id", "asc"),))


@pytest.fixture
def rows(db):
    """300 rows in no order, that share seven values of `window` and three of `scope`."""
    RateWindow.objects.bulk_create(
        RateWindow(scope=f"s{number * 17 % 3}", key=f"k{number}", window=number * 31 % 7)
        for number in range(300)
    )
    return RateWindow.objects.all()


def walk(order, limit, meanwhile=None, queryset=None):
    seen, cursor = [], None
    while True:
        found = page(queryset or RateWindow.objects.all(), order=order, limit=limit, cursor=cursor)
        seen += [row.id for row in found.rows]
        if found.next_cursor is None:
            return seen
        cursor = found.next_cursor
        if meanwhile:
            meanwhile()


@pytest.mark.parametrize("order", [NEWEST, BY_THREE, BY_ID])
@pytest.mark.parametrize("limit", [1, 7, 100, 299, 300, 301])
def test_ties_neither_repeat_nor_end_the_walk(rows, order, limit):
    if limit == 1:
        rows.filter(id__gt=rows.order_by("id")[39].id).delete()
    expected = [row.id for row in rows.order_by(*order.terms)]
    assert walk(order, limit) == expected


def test_each_row_that_stays_is_met_once_while_others_come_and_go(rows):
    stable = set(rows.filter(key__endswith="5").values_list("id", flat=True))
    count = iter(range(10_000))

    def churn():
        number = next(count)
        RateWindow.objects.exclude(key__endswith="5").order_by("?")[:1].get().delete()
        RateWindow.objects.create(scope="new", key=f"n{number}0", window=number % 7)

    seen = walk(NEWEST, 10, churn)
    assert len(seen) == len(set(seen))
    assert stable <= set(seen)


def test_a_page_costs_one_query_wherever_it_is(rows, django_assert_num_queries):
    first = page(rows, order=NEWEST, limit=20)
    with django_assert_num_queries(1):
        page(rows, order=NEWEST, limit=20, cursor=first.next_cursor)


def test_a_cursor_is_its_own_lists_alone_where_others_have_the_same_order(rows):
    mine, theirs = replace(NEWEST, of="mine"), replace(NEWEST, of="theirs")
    first = page(rows, order=mine, limit=20)
    assert page(rows, order=mine, limit=20, cursor=first.next_cursor).rows
    for other in (theirs, NEWEST):
        with pytest.raises(Malformed):
            page(rows, order=other, limit=20, cursor=first.next_cursor)


def test_the_condition_lets_an_index_begin_at_the_cursor(rows):
    first = page(rows, order=NEWEST, limit=20)
    state = pagination.decode(first.next_cursor)
    where = str(rows.filter(pagination._behind(RateWindow, NEWEST, state)).query).partition("WHERE")[2]
    window = state["k"][0]
    assert where.strip().startswith(f'("cms_ratewindow"."window" <= {window} AND')


def test_values_and_annotations_can_be_walked_too(rows):
    doubled = rows.annotate(double=F("window") * 2).values("id", "double")
    order = Order((("double", "desc"), ("id", "asc")))
    first = page(doubled, order=order, limit=200)
    second = page(doubled, order=order, limit=200, cursor=first.next_cursor)
    assert len(first.rows + second.rows) == 300


def test_what_the_first_page_pins_travels_to_the_last(rows):
    first = page(rows, order=NEWEST, limit=100, pinned={"at": "2026-03-01T12:00:00Z"})
    second = page(rows, order=NEWEST, limit=100, cursor=first.next_cursor)
    assert pins(pagination.decode(second.next_cursor)) == {"at": "2026-03-01T12:00:00Z"}
    assert second.pinned == {"at": "2026-03-01T12:00:00Z"}


def test_a_cursor_of_another_order_is_refused(rows):
    cursor = page(rows, order=NEWEST, limit=10).next_cursor
    with pytest.raises(Malformed) as caught:
        page(rows, order=BY_ID, limit=10, cursor=cursor)
    assert caught.value.code == "invalid_cursor"


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"o": NEWEST.name},
        {"o": NEWEST.name, "k": []},
        {"o": NEWEST.name, "k": "ab"},
        {"o": NEWEST.name, "k": ["x", 1]},
        {"o": NEWEST.name, "k": [[], 1]},
    ],
)
def test_a_cursor_whose_key_does_not_fit_is_refused(db, state):
    with pytest.raises(Malformed):
        page(RateWindow.objects.all(), order=NEWEST, limit=10, cursor=state)


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_no_made_up_cursor_is_accepted(text):
    with pytest.raises(Malformed):
        pagination.decode(text)


def test_an_altered_cursor_is_refused():
    cursor = pagination.encode({"o": "id", "k": [1], "p": {}})
    for place in range(len(cursor)):
        letter = "A" if cursor[place] != "A" else "B"
        with pytest.raises(Malformed):
            pagination.decode(cursor[:place] + letter + cursor[place + 1 :] + "")


def test_cursors_outlive_a_rotation_of_keys(settings):
    cursor = pagination.encode({"o": "id"})
    settings.TOKEN_KEYS = ["n" * 40, *settings.TOKEN_KEYS]
    assert pagination.decode(cursor) == {"o": "id"}


def test_next_is_built_from_public_url_and_keeps_the_request_s_parameters(settings):
    settings.PUBLIC_URL = "https://api.example.org"
    request = RequestFactory().get(
        "/api/v1/articles?kind=guide&cursor=old&q=caf%C3%A9", HTTP_HOST="evil.example"
    )
    body, link = envelope(request, [{"id": 1}], {"cursor": "new", "at": "2026-03-01T12:00:00Z"}, 41)
    assert body == {
        "results": [{"id": 1}],
        "next": "https://api.example.org/api/v1/articles?kind=guide&q=caf%C3%A9"
        "&cursor=new&at=2026-03-01T12%3A00%3A00Z",
        "count": 41,
    }
    assert link == f'<{body["next"]}>; rel="next"'


def test_the_last_page_has_no_next():
    body, link = envelope(RequestFactory().get("/"), [])
    assert body == {"results": [], "next": None}
    assert link is None


def test_results_that_are_bytes_go_out_untouched():
    card = b'{"id":1,"price":1.50}'
    body, _ = envelope_bytes(RequestFactory().get("/"), [card, card], None, 2)
    assert body == b'{"results":[' + card + b"," + card + b'],"next":null,"count":2}'
    assert json.loads(body)["count"] == 2
