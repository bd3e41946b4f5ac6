"""Medians, ratios and requests of the benchmarks; nothing here measures time."""

import json
import os
import shutil
import socket
import subprocess
import sys
from contextlib import suppress
from ipaddress import IPv6Address
from threading import Thread

import pytest

from benchmarks import __main__ as program
from benchmarks import load, table
from benchmarks.cases import path_of, writing
from benchmarks.load import Figures, Request, middle
from benchmarks.measuring import Line, Result
from benchmarks.serving import Memory, memory_of
from benchmarks.site import free_port

GIVEN = {
    "articles": [["a-walk", "en", "01890a5d-ac96-774b-bcce-b302099a8057"]],
    "publishable": [["01890a5d-ac96-774b-bcce-b302099a8057", 3, '"r3-5"']],
    "token": "kt_planted",
    "thread": "01890a5d-ac96-774b-bcce-b302099a8058",
    "small": "01890a5d-ac96-774b-bcce-b302099a8059",
}


def figures(rate: float, **others: int) -> Figures:
    return Figures(
        **({"rate": rate, "p50": 1.0, "p99": 2.0, "refused": 0, "failed": 0, "requests": 10} | others)
    )


def result() -> Result:
    lines = [
        Line("L1 constant 6 kB", False, 16, figures(1000)),
        Line("L2 one look-up", False, 16, figures(200)),
        Line("W one insert", True, 16, figures(50)),
        Line("article, one hot", False, 16, figures(600)),
        Line("posting a reply", True, 16, figures(20, refused=2, failed=1)),
    ]
    return Result("sqlite", lines, {"service, after": Memory(3, 300, 150)})


def test_the_middle_of_three_rounds_counts_and_every_error_does():
    rounds = [figures(10, refused=1), figures(90), figures(30, failed=2)]
    assert middle(rounds) == figures(30, refused=1, failed=2, requests=30)


def test_reading_is_held_against_its_limits_and_writing_against_an_insert():
    lines = {line[: table.NAMES].strip(): line[table.NAMES :].split() for line in table.table(result())}
    assert lines["article, one hot"] == ["16", "600.0", "1.00", "2.00", "0", "0.60", "3.00"]
    assert lines["posting a reply"] == ["16", "20.0", "1.00", "2.00", "3", "0.40"]
    assert lines["service, after"] == "3 processes, RSS 300 MB, PSS 150 MB".split()


def test_the_past_is_held_against_the_present():
    lines = [Line(past, False, 16, figures(50)) for past in table.PASTS]
    lines += [Line(present, False, 16, figures(100)) for present in table.PASTS.values()]
    told = [line for line in table.table(Result("sqlite", lines)) if "costs" in line]
    assert [line.split("costs")[1].split()[0] for line in told] == ["2.00"] * 3


def test_errors_of_a_run_are_counted_together():
    assert table.errors(result()) == 3


def test_the_json_holds_every_line():
    document = json.loads(json.dumps(table.document(result())))
    assert [line["case"] for line in document["lines"]] == [line.case for line in result().lines]
    assert document["lines"][4]["refused"] == 2


def test_the_tables_take_the_place_of_older_ones_in_a_page():
    page = f"Before.\n{table.BEGINS}\nold\n{table.ENDS}\nAfter.\n"
    fresh = table.put_into(page, [result()])
    assert fresh.startswith("Before.\n")
    assert fresh.endswith("\nAfter.\n")
    assert "old" not in fresh
    assert "article, one hot" in fresh
    assert table.put_into(fresh, [result()]) == fresh


def test_a_page_without_a_place_for_figures_is_left_alone():
    with pytest.raises(ValueError, match="no place for figures"):
        table.put_into("Nothing here.", [result()])


def test_a_request_is_one_line_for_the_load_generator():
    request = Request("/rows", "POST", (("Content-Type", "application/json"), ("If-Match", '"r1-1"')), "{}")
    assert request.line() == "/rows".join(
        ["POST\t", '\tContent-Type: application/json|If-Match: "r1-1"\t{}\n']
    )


def test_what_is_written_is_new_each_time():
    posting, largest, small, publishing = writing(GIVEN)
    assert [case.requests[0].path.split("/")[4] for case in (largest, small)] == [
        GIVEN["thread"],
        GIVEN["small"],
    ]
    for case in (posting, largest, small, publishing):
        assert "{n}" in dict(case.requests[0].headers)["Idempotency-Key"]
    assert dict(posting.requests[0].headers)["X-Forwarded-For"] == "{ip}"
    assert "{n}" in json.loads(posting.requests[0].body)["author_email"]
    assert publishing.slices
    assert dict(publishing.requests[0].headers)["If-Match"] == '"r3-5"'


def test_a_link_becomes_a_path():
    assert path_of("http://127.0.0.1:8000/api/v1/articles?cursor=a%3D") == "/api/v1/articles?cursor=a%3D"
    assert path_of("http://127.0.0.1:8000") == "/"


def test_memory_counts_a_process_and_its_children():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        memory = memory_of(os.getpid())
        assert memory.processes >= 2
        assert memory.rss >= memory.pss > 1
        child.communicate(b"\n")


def test_without_the_load_generator_it_says_what_to_install(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert program.main(["--quick"]) == 2
    assert "apt-get install wrk" in capsys.readouterr().err


@pytest.fixture
def heard():
    """What `another_server` was sent."""
    return []


@pytest.fixture
def another_server(heard):
    """A server of nobody's: it answers everything with 200 and knows nothing of this project."""
    with socket.create_server(("127.0.0.1", free_port())) as listening:
        Thread(target=answer_for_ever, args=(listening, heard), daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def answer_for_ever(listening, heard):
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        Thread(target=answer, args=(connection, heard), daemon=True).start()


def answer(connection, heard):
    with connection, suppress(OSError):
        while said := connection.recv(4096):
            heard.append(said.decode())
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")


def test_any_other_server_can_be_measured(another_server, tmp_path, capsys):
    written = tmp_path / "figures.json"
    status = program.main(["--quick", "--url", another_server, "--path", "/peer", "--json", str(written)])
    if shutil.which("wrk") is None:
        assert status == 2
        return
    assert status == 0
    assert "/peer" in capsys.readouterr().out
    [document] = json.loads(written.read_text())
    assert document["lines"][0]["requests"] > 0


@pytest.mark.skipif(shutil.which("wrk") is None, reason="needs wrk: apt-get install wrk")
def test_a_site_that_is_measured_again_is_sent_nothing_it_was_sent_before(
    another_server, heard, tmp_path, monkeypatch
):
    requests = tmp_path / "requests.txt"
    requests.write_text(Request("/", headers=(("X-Key", "{n}"), ("X-Forwarded-For", "{ip}"))).line())
    sent = []
    for trial, run in (("0a1b2c", 0), ("0a1b2c", 1), ("0a1b2d", 0)):
        monkeypatch.setattr(load, "TRIAL", trial)
        heard.clear()
        load.measure(another_server, requests, connections=1, seconds=1, run=run)
        sent.append([headers_of(request) for request in heard])
    assert all(sent)
    for name in ("X-Key", "X-Forwarded-For"):
        values = [headers[name] for run in sent for headers in run]
        assert len(set(values)) == len(values)
    assert {IPv6Address(headers["X-Forwarded-For"]).is_private for headers in sent[0]} == {True}


def headers_of(request):
    return dict(line.split(": ", 1) for line in request.splitlines() if ": " in line)
