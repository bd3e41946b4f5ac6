"""The matrix of callers, methods and addresses (quality: security 2), made from the URL map and one table."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction

from tests.matrix.addresses import filled, operations
from tests.matrix.table import CALLERS, RULES
from tests.matrix.world import World, a_world

pytestmark = pytest.mark.django_db
DESK = "api/v1/editorial/articles/<uuid:article_id>"
BY_CALLER = pytest.mark.parametrize("caller", CALLERS)


@pytest.fixture(scope="class")
def one_world(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any
) -> Iterator[World]:
    """For all callers, inside a transaction that ends with the last of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = a_world(request.cls.state)
        connection.check_constraints()
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def world(one_world: World) -> World:
    """With clients of its own: their sessions and tokens go with the test."""
    return replace(one_world, clients={})


def ask(world: World, caller: str, method: str, route: str) -> int:
    """The status of a request with no body, no tag and no parameter: whoever gets through is told what is missing.

    Whatever it did is taken back, so that no request meets what another one left.
    """
    client: Any = world.client(caller)
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        body = {} if method == "GET" else {"data": {}, "format": "json"}
        answer = getattr(client, method.lower())(filled(route, world.values), **body)
        transaction.set_rollback(True)
    client.cookies = cookies
    status: int = answer.status_code
    return status


def gets_through(status: int) -> bool:
    return status not in (401, 403, 404, 405) and status < 500


def test_every_method_of_every_address_has_a_line_in_the_table() -> None:
    assert set(operations()) == set(RULES)


class TestOfWhatIsLive:
    state = "live"

    @BY_CALLER
    def test_who_gets_through_where_and_what_the_others_are_told(self, world: World, caller: str) -> None:
        wrong = {}
        for (method, route), rule in RULES.items():
            status, expected = ask(world, caller, method, route), rule.expected(caller)
            if status != expected and not (expected is None and gets_through(status)):
                wrong[method, route] = (status, expected or "gets through")
        assert wrong == {}


class TestOfWhatIsBinned:
    state = "binned"

    @BY_CALLER
    def test_what_is_in_the_bin_is_not_there_for_whoever_could_see_it(
        self, world: World, caller: str
    ) -> None:
        desk = {key: rule for key, rule in RULES.items() if key[1].startswith(DESK)}
        told = {key: ask(world, caller, *key) for key in desk}
        assert told == {key: rule.expected(caller) or 404 for key, rule in desk.items()}


@pytest.mark.parametrize(("state", "status"), [("draft", 404), ("binned", 404), ("gone", 410), ("live", 200)])
def test_a_delivery_address_says_the_same_to_everybody(state: str, status: int, travel: Any) -> None:
    world = a_world(state)
    travel(3)
    for place in ("", "/versions", "/versions/1", "/comments"):
        path = f"/api/v1/articles/{world.article.pk}{place}"
        told = {world.client(caller).get(path).status_code for caller in CALLERS}
        dates_stay = state == "gone" and "versions" in place
        assert told == {200 if dates_stay else status}, place


def test_a_method_that_an_address_has_not_is_405_and_told_which_it_has() -> None:
    world = a_world()
    for route in sorted({route for _, route in RULES if route.startswith("api/v1/")}):
        has = {method for method, place in RULES if place == route}
        lacks = next(method for method in ("PUT", "PATCH", "DELETE", "POST") if method not in has)
        client: Any = world.client("replier" if "/my/" in route else "administrator")
        answer = getattr(client, lacks.lower())(filled(route, world.values), {})
        assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed"), route
        assert set(answer["Allow"].split(", ")) >= has
