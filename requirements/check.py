"""Says what is wrong with the locks: a requirement without hashes, an address, a licence that cannot be kept.

Run in the environment of the dev lock: `.venv/bin/python -m requirements.check`. Installs nothing.
"""

import re
import sys
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from requirements.install import locked

FOLDER = Path(__file__).resolve().parent
PINNED = re.compile(r"(?P<name>[a-z0-9-]+)==[^ ]+( ; .+?)?(?P<hashes>( --hash=sha256:[0-9a-f]{64})+)")
NAME = re.compile(r"[A-Za-z0-9._-]+")

# Licences under which a BSD-3-Clause project may depend on a package. MPL and LGPL hold for the package's own
# files, which are used unmodified.
KEEPABLE = re.compile(
    r"\b(MIT|BSD|Apache|ISC|ISCL|PSF|Python Software Foundation|MPL|Mozilla|LGPL|Unlicense|zlib)\b",
    re.IGNORECASE,
)
REFUSED = re.compile(r"\bA?GPL\b")
# Packages whose metadata names no licence, and the licence that their licence file gives.
STATED_ELSEWHERE = {"pysqlite3": "zlib", "axe-playwright-python": "MIT"}


def canonical(name: str) -> str:
    """A package's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def problems_of_lock(requirements: list[str]) -> list[str]:
    """What in a lock is not `name==version`, optionally a marker, and at least one SHA-256."""
    return [line[:100] for line in requirements if not PINNED.fullmatch(line)]


def names(requirements: list[str]) -> set[str]:
    return {found["name"] for line in requirements if (found := PINNED.fullmatch(line))}


def direct(project: dict[str, Any], *, group: str | None) -> set[str]:
    """The names of the direct dependencies in pyproject.toml, of the project or of one group."""
    wanted = project["dependency-groups"][group] if group else project["project"]["dependencies"]
    return {canonical(found[0]) for requirement in wanted if (found := NAME.match(requirement))}


def licence_of(package: Distribution) -> str:
    """What a package says of its licence, in the newest field that it fills; empty if it says nothing."""
    meta = package.metadata
    classifiers = [text for text in meta.get_all("Classifier", []) if text.startswith("License ::")]
    return (
        meta["License-Expression"]
        or " ".join(classifiers)
        or STATED_ELSEWHERE.get(canonical(meta["Name"]), "")
        or (meta["License"] or "").partition("\n")[0]
    )


def problems_of_licences(packages: set[str]) -> list[str]:
    """Which of the packages installed here may not be kept; those of other platforms are not seen."""
    found = []
    for name in sorted(packages):
        try:
            licence = licence_of(distribution(name))
        except PackageNotFoundError:
            continue
        if not KEEPABLE.search(licence) or REFUSED.search(licence):
            found.append(f"{name}: licence {licence or 'not stated'!r}")
    return found


def problems() -> list[str]:
    project = tomllib.loads((FOLDER.parent / "pyproject.toml").read_text(encoding="utf-8"))
    run, dev = locked(FOLDER / "run.txt"), locked(FOLDER / "dev.txt")
    found = [f"{line}: not a pinned requirement with hashes" for line in problems_of_lock([*run, *dev])]
    found += [f"{line[:60]}: in run.txt, not so in dev.txt" for line in sorted(set(run) - set(dev))]
    found += [
        f"{name}: in pyproject.toml, not locked" for name in sorted(direct(project, group=None) - names(run))
    ]
    found += [
        f"{name}: in pyproject.toml, not locked" for name in sorted(direct(project, group="dev") - names(dev))
    ]
    return found + problems_of_licences(names(dev))


if __name__ == "__main__":
    found = problems()
    print(
        "\n".join(found) or "Locks: every requirement pinned, hashed, and under a licence that can be kept."
    )
    sys.exit(bool(found))
