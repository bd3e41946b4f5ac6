"""Requests made up from the OpenAPI document: no server error, and no answer that the document does not allow.

Every operation is called by anybody and by an administrator, with what the schema allows and with what it does not;
and where something is named, about what is there, by whoever may, with the ETag just read: over 1,000 requests, always
the same ones.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.handlers.wsgi import WSGIHandler
from django.db import close_old_connections, connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.specs.openapi.checks import (
    ensure_resource_availability,
    missing_required_header,
    negative_data_rejection,
    positive_data_acceptance,
    use_after_free,
)

from cms.openapi import document
from tests.builders import a_user
from tests.fuzz.things import Things, everything
from tests.load.length import TIMES

pytestmark = pytest.mark.django_db

_handler: list[WSGIHandler] = []


def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
    """The service. Made at the first request, when the settings of the test are in force."""
    if not _handler:
        _handler.append(WSGIHandler())
    return _handler[0](environ, start_response)


schema = schemathesis.openapi.from_dict(document.build())
schema.app = application
OPERATIONS = [found.ok() for found in schema.get_all_operations()]
NAMING = [operation for operation in OPERATIONS if "{" in operation.path]

NOT_PROMISED = [positive_data_acceptance]
"""A cursor that is made up, or a key that the catalogue lacks, fits its schema and is refused all the same."""

NOT_OF_THESE = [
    negative_data_rejection,
    missing_required_header,
    use_after_free,
    ensure_resource_availability,
]
"""What they look at was replaced by what is there, and things go and come back between the requests."""

repeatable = settings(
    deadline=None,
    derandomize=TIMES == 1,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    database=None,
)


PLAIN = {"Accept-Encoding": "identity"}
"""Its client asks for compressed forms, and in WSGI unpacks none."""


def label(operation: APIOperation) -> str:
    return str(operation.label)


def try_out(operation: APIOperation, examples: int, call: Callable[[Case], None]) -> None:
    """Call it with requests that its description allows and, where it takes anything, with others.

    `examples` are those of `make test`; `make soak` tries as many times more, and others each time.
    """
    takes_something = operation.path_parameters or operation.query or operation.body
    modes = list(GenerationMode) if takes_something else [GenerationMode.POSITIVE]
    cases = st.one_of([operation.as_strategy(mode) for mode in modes])

    @settings(repeatable, max_examples=examples * TIMES)
    @given(case=cases)
    def surprises_nobody(case: Case) -> None:
        call(case)

    surprises_nobody()


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Requests share the test's connection and its transaction, as Django's own test client has it."""
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def things(django_db_setup: None, django_db_blocker: Any) -> Iterator[Things]:
    """Made once, inside a transaction that ends with the last test; what a test does to them is taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = everything(a_user("author", "author"), a_user("administrator", "administrator"))
        connection.check_constraints()
        yield made
        transaction.set_rollback(True)


@pytest.mark.parametrize("operation", OPERATIONS, ids=label)
def test_nothing_surprises_when_an_administrator_calls(
    operation: APIOperation, things: Things, token_for: Callable[..., str]
) -> None:
    headers = {"Authorization": f"Bearer {token_for(things.administrator)}"}
    headers |= PLAIN
    try_out(operation, 3, lambda case: case.call_and_validate(headers=headers, excluded_checks=NOT_PROMISED))


@pytest.mark.parametrize("operation", OPERATIONS, ids=label)
def test_nothing_surprises_when_anybody_calls(operation: APIOperation, things: Things) -> None:
    try_out(operation, 3, lambda case: case.call_and_validate(headers=PLAIN, excluded_checks=NOT_PROMISED))


@pytest.mark.parametrize("operation", NAMING, ids=label)
def test_nothing_surprises_about_what_is_there(
    operation: APIOperation, things: Things, token_for: Callable[..., str]
) -> None:
    template = operation.path
    token = things.author_token if "/my/" in template else token_for(things.administrator)

    def call(case: Case) -> None:
        case.path_parameters = things.address(template)
        headers = {"Authorization": f"Bearer {token}", "If-Match": things.etag(template), **PLAIN}
        case.call_and_validate(headers=headers, excluded_checks=[*NOT_PROMISED, *NOT_OF_THESE])

    try_out(operation, 3, call)
