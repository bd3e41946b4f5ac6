"""`python -m tests.scale`: how a large site finds what is asked often, and what is wrong with that.

Of the site that DATABASE_URL names; with `--site FOLDER`, of the made-up sites that are kept there, one for each
database, and made first where they are not. Exits with 1 when something is wrong. It leaves nothing behind but a
used-up cache of the database.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

import django
from django.conf import settings

from benchmarks.site import ROOT, Size, seeded

DATABASES = ("sqlite", "postgresql")


def main(arguments: list[str] | None = None) -> int:
    options = _options().parse_args(arguments)
    if options.site is None:
        return _examined()
    size = Size(options.articles, options.versions, options.comments)
    return max([_examined_at(options.site, database, size) for database in options.databases])


def _examined_at(folder: Path, database: str, size: Size) -> int:
    """The same in a process of its own, on a site that is kept."""
    began = time.monotonic()
    if not (folder / database).exists():
        print(
            f"{database}: making a site of {size.articles:,} articles with {size.versions} versions each and "
            f"{size.comments:,} replies; of 100,000 with 10 it takes hours and some 40 GB",
            flush=True,
        )
    with seeded(database, size, folder) as site:
        print(
            f"{database}: {site.megabytes:,.0f} MB, there after {time.monotonic() - began:,.0f} s", flush=True
        )
        return subprocess.run(
            [sys.executable, "-m", "tests.scale"], cwd=ROOT, env=site.environment, check=False
        ).returncode


def _examined() -> int:
    """Print a line for each address: milliseconds of a second asking, statements, and the faults of their plans."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    django.setup()
    from django.db import transaction

    from tests.scale.explaining import faults
    from tests.scale.hot import hot

    settings.ALLOWED_HOSTS = ["testserver"]
    wrong = 0
    with transaction.atomic():
        for asked in hot():
            asked.sent()
            began = time.perf_counter()
            sent = asked.sent()
            spent = (time.perf_counter() - began) * 1_000
            found = [fault for said in sent for fault in faults(said, sorts=asked.sorts, whole=asked.whole)]
            wrong += len(found)
            print(f"{asked.name:<55} {spent:8.1f} ms {len(sent):>3} {'; '.join(found)}", flush=True)
        transaction.set_rollback(True)
    print(f"{wrong} faults")
    return 1 if wrong else 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.scale", description=__doc__)
    parser.add_argument(
        "--site", type=Path, help="where made-up sites are kept, as of `python -m benchmarks`"
    )
    parser.add_argument("--articles", type=int, default=100_000, help="of one that is made (default 100,000)")
    parser.add_argument("--versions", type=int, default=10, help="of each of its articles (default 10)")
    parser.add_argument("--comments", type=int, default=1_000_000, help="replies to them (default 1,000,000)")
    parser.add_argument("--databases", nargs="+", choices=DATABASES, default=list(DATABASES))
    return parser


if __name__ == "__main__":
    sys.exit(main())
