"""A run: every case in every round, the limits among them, so that what disturbs the machine disturbs all alike."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import cases
from benchmarks.cases import Case
from benchmarks.load import Figures, Request, measure, middle
from benchmarks.serving import Memory, Server, memory_of, serving
from benchmarks.site import Site

REST = {"service": "/healthz", "unkept": "/healthz", "constant": "/", "bare": "/look-up/none"}
SERVICE = ("cms.wsgi:application", "/readyz")
SAMPLE = 3
"""How many requests of a case are sent once beforehand, to see that they are answered as they should be."""


@dataclass(frozen=True)
class Plan:
    """How long and how often; `only` keeps the cases whose names hold it, and the limits."""

    connections: Sequence[int]
    seconds: int
    rounds: int
    only: str = ""


@dataclass(frozen=True)
class Line:
    """One case at one number of connections."""

    case: str
    writes: bool
    connections: int
    figures: Figures


@dataclass
class Result:
    """All that a run came to."""

    database: str
    lines: list[Line] = field(default_factory=list)
    memory: dict[str, Memory] = field(default_factory=dict)
    seeding: str = ""
    megabytes: float = 0.0


class WrongAnswer(Exception):
    """A request is not answered as its case expects, so that its figures would mean nothing."""


def run(site: Site, plan: Plan, say: Callable[[str], None]) -> Result:
    """Measure a seeded site."""
    with ExitStack() as stack:
        servers = {
            "service": stack.enter_context(serving(site, *SERVICE)),
            "unkept": stack.enter_context(serving(site, *SERVICE, DELIVERY_MEMORY="0")),
            "constant": stack.enter_context(serving(site, "benchmarks.limits.constant:application", "/")),
            "bare": stack.enter_context(
                serving(site, "benchmarks.limits.wsgi:application", f"/look-up/{site.given['stored'][0]}")
            ),
        }
        result = Result(site.database, seeding=site.seeding, megabytes=site.megabytes)
        chosen = list(_chosen(site, servers["service"], plan))
        result.memory["service, before"] = servers["service"].memory()
        result.lines = list(_Run(servers, plan, site.folder, say).lines(chosen))
        result.memory["service, after"] = servers["service"].memory()
        if site.database_pid:
            result.memory["database, after"] = memory_of(site.database_pid)
        return result


def run_elsewhere(server: Server, path: str, plan: Plan, folder: Path, say: Callable[[str], None]) -> Result:
    """Measure one address of any server, so that others can be run beside."""
    case = Case(path, (Request(path),))
    return Result(server.base, list(_Run({"service": server}, plan, folder, say).lines([case])))


def _chosen(site: Site, service: Server, plan: Plan) -> Iterator[Case]:
    yield from cases.limits(site.given["stored"])
    for case in (*cases.reading(site.given, service), *cases.writing(site.given)):
        if plan.only in case.name:
            yield case


@dataclass(frozen=True)
class _Run:
    servers: Mapping[str, Server]
    plan: Plan
    folder: Path
    say: Callable[[str], None]

    def lines(self, chosen: Sequence[Case]) -> Iterator[Line]:
        """Every case in every round, and the middle of the rounds."""
        for case in chosen:
            if not case.writes:
                _require_right(case, self.servers[case.server])
        measured: dict[tuple[str, int], list[Figures]] = defaultdict(list)
        for round_ in range(self.plan.rounds):
            for case in chosen:
                for place, connections in enumerate(self.plan.connections):
                    turn = round_ * len(self.plan.connections) + place
                    figures = self._measured(case, connections, turn, warm=place > 0)
                    measured[case.name, connections].append(figures)
        for case in chosen:
            for connections in self.plan.connections:
                yield Line(case.name, case.writes, connections, middle(measured[case.name, connections]))

    def _measured(self, case: Case, connections: int, turn: int, *, warm: bool) -> Figures:
        """One measurement. What reads is asked once before, unless it just was: a crawl seldom comes alone."""
        server, file = self.servers[case.server], self._written(case, turn)
        seconds = max(self.plan.seconds, case.least)
        if not case.writes and not warm:
            measure(server.base, file, connections=connections, seconds=case.warm * seconds, run=turn)
        figures = measure(server.base, file, connections=connections, seconds=seconds, run=turn)
        self.say(f"{turn + 1:>2}  {case.name:<32} {connections:>3}  {figures.rate:>9,.1f}/s")
        if case.writes:
            server.rest(REST[case.server])
        return figures

    def _written(self, case: Case, turn: int) -> Path:
        """The case's requests as a file, or the share of them that is this turn's."""
        turns = self.plan.rounds * len(self.plan.connections)
        sent = case.sent_to(self.servers[case.server])
        requests = sent[turn::turns] if case.slices else sent
        file = self.folder / "requests.txt"
        file.write_text("".join(request.line() for request in requests))
        return file


def _require_right(case: Case, server: Server) -> None:
    for request in case.requests[:SAMPLE]:
        answer = server.ask(request)
        if answer.status not in case.expects:
            raise WrongAnswer(f"{case.name}: {request.path} answered {answer.status}: {answer.body[:300]!r}")
