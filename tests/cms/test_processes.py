"""Several processes at once, and one that dies in the middle: no effect twice, none lost, none without its answer."""

import os
import subprocess
import sys

import pytest

from tests.cms.processes import ROOT, fresh_database, rounds

pytestmark = pytest.mark.xdist_group("processes")  # for the one database

WRITERS, EACH = 8, 15


@pytest.fixture(scope="module")
def url(tmp_path_factory):
    """One database for all: each test has a key of its own."""
    with fresh_database(tmp_path_factory.mktemp("database")) as url:
        yield url


def test_one_key_sent_by_many_at_once_has_one_effect_and_one_answer(url):
    answers, (effects,) = rounds(url, [("post", "many")] * 8, [("count", "many")])
    assert {answer["status"] for answer in answers} == {201}
    assert len({answer["body"]["id"] for answer in answers}) == 1
    assert sum(not answer["replayed"] for answer in answers) == 1
    assert effects == 1


@pytest.mark.parametrize(("when", "left"), [("die-after-commit", 1), ("die-before-commit", 0)])
def test_a_killed_server_left_both_effect_and_answer_or_neither(url, when, left):
    count = [("count", when)]
    died, before, (answer,), after = rounds(url, [("post", when, when)], count, [("post", when)], count)
    assert died == [None]
    assert (before, after) == ([left], [1])
    assert (answer["status"], answer["replayed"]) == (201, bool(left))


def test_a_limit_holds_across_processes_to_the_last_use(url):
    (allowed,) = rounds(url, [("take", "limit", 10)] * 4)
    assert sum(allowed) == 20


def test_a_reader_of_the_log_meets_every_change_once_and_in_order_and_again_the_same(url):
    total = WRITERS * EACH * 2
    ((*written, (seen, different)),) = rounds(url, [*[("log", EACH)] * WRITERS, ("follow", total)])
    numbers = [number for number, _, _ in seen]
    assert numbers == sorted(set(numbers))
    assert {number for some in written for number in some} <= set(numbers)
    assert sum(kind == "article.updated" for _, _, kind in seen) == WRITERS * EACH
    assert different == 0


def test_a_worker_of_its_own_sends_what_waits_and_ends_when_asked(url):
    rounds(url, [("letters", 1)])
    settings = {"DATABASE_URL": url, "EMAIL_URL": "console:", "MAIL_FROM": "post@magazine.example"}
    command = [sys.executable, "manage.py", "worker"]
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | settings, stdout=subprocess.PIPE, text=True
    ) as worker:
        printed = []
        while not printed or "Message-ID" not in printed[-1]:
            printed.append(worker.stdout.readline())
            assert printed[-1], "the worker ended"
        worker.terminate()
        worker.communicate(timeout=30)
    assert worker.returncode == 0
    assert "To: reader@reader.example\n" in printed or "Subject: A\n" in printed


def test_several_workers_send_each_letter_once_and_a_killed_one_loses_none(url):
    before, after = ("work", 0, "die-before-sending"), ("work", 500, "die-after-sending")
    one = [("letters", 1)]
    several = [[("letters", 12)], [("work", 0)] * 3]
    killed_before = [one, [before], [("work", 100)], [("work", 400)]]
    killed_after = [one, [after], [("work", 900)]]
    _, sent, _, died, early, late, _, died_later, again = rounds(url, *several, *killed_before, *killed_after)
    letters = [letter for worker in sent for letter in worker]
    assert len(letters) == len(set(letters)) == 12
    assert (died, early, len(late[0])) == ([None], [[]], 1)
    assert (died_later, len(again[0])) == ([None], 1)
