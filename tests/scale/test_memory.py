"""Making a site of any size takes no more memory than making a small one: what is written is not kept."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.load.length import TIMES
from tests.load.server import ROOT

SMALL, LARGE = (40, 240) if TIMES == 1 else (1_000, 20_000)
MOST_MEGABYTES = 20
"""By how much the larger one may be above the smaller: a spool's buffers, a longer list of keys."""

SEEDING = """
import resource, sys, django
django.setup()
from django.core.management import call_command
if sys.argv[1] == "migrate":
    call_command("migrate", verbosity=0)
else:
    call_command("seed_scale", articles=int(sys.argv[1]), versions=3, comments=10 * int(sys.argv[1]), words=120)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def test_memory_does_not_grow_with_the_site(tmp_path: Path) -> None:
    empty = tmp_path / "empty.sqlite3"
    peak_of("migrate", empty)
    peaks = []
    for articles in (SMALL, LARGE):
        database = shutil.copy(empty, tmp_path / f"{articles}.sqlite3")
        peaks.append(peak_of(str(articles), database))
    assert peaks[1] - peaks[0] < MOST_MEGABYTES, peaks


def peak_of(asked: str, database: Path) -> float:
    """The most memory that a process of its own held, in megabytes."""
    environment = {
        "DATABASE_URL": f"sqlite:///{database}",
        "DATA_DIR": str(database.parent),
        "DJANGO_SETTINGS_MODULE": "cms.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", SEEDING, asked],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2_000:]
    return int(done.stdout.split()[-1]) / 1_000
