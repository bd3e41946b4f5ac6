"""Random sequences of everything that the desk can do, held against the model at every step (R10).

A hundred in `make test`, always the same; `SOAK` times as many in `make soak`, of another chance each time.
"""

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from cms.models import User
from tests.articles.machine.newsroom import Newsroom
from tests.client import ApiClient
from tests.load.length import TIMES

pytestmark = pytest.mark.django_db

SHARES, SEQUENCES, STEPS = 4, 25, 20
"""Shares run side by side; sequences in each, in `make test`; verbs and readings in a sequence."""

SETTINGS = settings(
    max_examples=SEQUENCES * TIMES,
    stateful_step_count=STEPS,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    report_multiple_bugs=False,
)


@pytest.mark.parametrize("share", range(SHARES))
def test_whatever_the_desk_does_readers_are_given_what_the_model_says(
    share: int, author: User, editor: User, reviewer: User
) -> None:
    api = ApiClient()
    api.force_authenticate(reviewer_of_everything(editor, reviewer))

    class Played(Newsroom):
        people = {"author": author, "editor": editor, "reviewer": reviewer}

    Played.api = api
    machine = Played if TIMES > 1 else seed(share)(Played)
    run_state_machine_as_test(machine, settings=SETTINGS)


def reviewer_of_everything(editor: User, reviewer: User) -> User:
    """An editor who may review too, for the tags alone are to be wrong."""
    editor.groups.add(*reviewer.groups.all())
    return editor
