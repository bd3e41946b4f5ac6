"""`python -m benchmarks`: seed, serve, load, tell. `--help` lists what can be chosen."""

import argparse
import json
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks import table
from benchmarks.load import NoLoadGenerator, require_wrk
from benchmarks.measuring import Plan, Result, WrongAnswer, run, run_elsewhere
from benchmarks.serving import NotServing, Server
from benchmarks.site import Size, seeded

QUICK = {"articles": 120, "versions": 2, "comments": 400, "seconds": 1, "rounds": 1, "connections": [2]}
DATABASES = ("sqlite", "postgresql")


def main(arguments: list[str] | None = None) -> int:
    options = _options().parse_args(arguments)
    if options.quick:
        vars(options).update(QUICK)
    try:
        require_wrk()
        results = list(_results(options))
    except (NoLoadGenerator, NotServing, WrongAnswer, RuntimeError) as error:
        print(error, file=sys.stderr)
        return 2
    if options.json:
        options.json.write_text(json.dumps([table.document(result) for result in results], indent=1) + "\n")
    if options.page:
        options.page.write_text(table.put_into(options.page.read_text(), results))
    return 1 if any(table.errors(result) for result in results) else 0


def _results(options: argparse.Namespace) -> Iterator[Result]:
    """One after another, each told as soon as it is there."""
    plan = Plan(options.connections, options.seconds, options.rounds, options.only)
    if options.url:
        with tempfile.TemporaryDirectory() as folder:
            yield _told(run_elsewhere(_server(options.url), options.path, plan, Path(folder), _say))
        return
    size = Size(options.articles, options.versions, options.comments, options.words)
    for database in options.databases:
        _say(f"seeding {database}: {size.articles:,} articles, {size.comments:,} replies")
        with seeded(database, size, options.site) as site:
            _say(site.seeding)
            yield _told(run(site, plan, _say))


def _told(result: Result) -> Result:
    print(*table.table(result), sep="\n", end="\n\n", flush=True)
    return result


def _say(words: str) -> None:
    """What goes on, apart from the table."""
    print(words, file=sys.stderr, flush=True)


def _server(url: str) -> Server:
    parts = urlsplit(url)
    return Server(parts.hostname or "127.0.0.1", parts.port or 80)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--articles", type=int, default=13_000, help="how many (default 13,000: 400 pages of one language)"
    )
    parser.add_argument("--versions", type=int, default=3, help="of each article (default 3)")
    parser.add_argument("--comments", type=int, default=200_000, help="half of them in one thread (200,000)")
    parser.add_argument("--words", type=int, default=Size.words, help="of a text (default 600)")
    parser.add_argument(
        "--site",
        type=Path,
        help="keep the made-up site in this folder, and take it as it is when it is there",
    )
    parser.add_argument("--seconds", type=int, default=3, help="of each measurement (default 3)")
    parser.add_argument("--rounds", type=int, default=3, help="of which the median counts (default 3)")
    parser.add_argument("--connections", type=int, nargs="+", default=[16, 64], help="(default 16 64)")
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=list(DATABASES))
    parser.add_argument("--only", default="", help="only cases with this in their name, and the limits")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    parser.add_argument("--page", type=Path, help="put the tables into this page, between its marks")
    parser.add_argument(
        "--quick", action="store_true", help="tiny numbers: shows that it runs, measures nothing"
    )
    parser.add_argument("--url", help="measure another server on this machine instead, for instance a peer")
    parser.add_argument("--path", default="/", help="what is asked of --url")
    return parser


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers and folders go too
    sys.exit(main())
