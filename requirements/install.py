"""Makes the virtual environment `.venv` from one lock of hashed wheels, and does nothing when it is whole.

Standard library only: this runs before anything is installed. What is locked and why: pyproject.toml.

    python3 requirements/install.py run|dev
"""

import contextlib
import fcntl
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
GUARD = ROOT / ".venv.lock"
STAMP = VENV / "installed.json"
OLDEST = (3, 11)

# The interpreter under an activated environment: that environment may be the one to rebuild.
BASE_PYTHON = getattr(sys, "_base_executable", None) or sys.executable


class SetUpFailed(Exception):
    """The environment could not be made; the message says why and what helps."""


def locked(lock: Path) -> list[str]:
    """The requirements of a lock, each one line `name==version ; marker --hash=… …`, sorted."""
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = (" ".join(line.split()) for line in text.splitlines())
    return sorted(line for line in lines if line and not line.startswith("#"))


def interpreter() -> str:
    """What the installed wheels are bound to: implementation, version and platform."""
    return f"{sys.implementation.cache_tag} {sysconfig.get_platform()}"


def read_stamp() -> list[str] | None:
    """What was installed completely, or None: nothing, half of it, or for another interpreter."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        usable = stamp["interpreter"] == interpreter() and python_of(VENV).exists()
        return list(stamp["requirements"]) if usable else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_stamp(requirements: list[str]) -> None:
    """Record that all of `requirements` are installed; the last act, and atomic."""
    draft = STAMP.with_suffix(".new")
    draft.write_text(
        json.dumps({"interpreter": interpreter(), "requirements": requirements}), encoding="utf-8"
    )
    draft.replace(STAMP)


def python_of(venv: Path) -> Path:
    return venv / "bin" / "python"


@contextlib.contextmanager
def exclusively() -> Iterator[int]:
    """Hold the set-up's lock. Children inherit its descriptor: if we are killed they still hold it."""
    descriptor = os.open(GUARD, os.O_RDONLY | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another set-up of .venv to end.", flush=True)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def call(command: list[str], guard: int, failure: str) -> None:
    """Run a command in silence; raise SetUpFailed with its last words, then `failure`."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"PIP_TARGET", "PIP_PREFIX", "PIP_ROOT"}
    }
    environment |= {"PIP_USER": "0", "PIP_NO_INPUT": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    done = subprocess.run(
        command, env=environment, pass_fds=(guard,), capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        words = (done.stdout + done.stderr).strip().splitlines()[-15:]
        raise SetUpFailed("\n".join([*words, failure]))


def create(guard: int) -> None:
    """Make an empty environment in place of whatever stands there."""
    if VENV.is_symlink():
        raise SetUpFailed(
            ".venv is a link to another folder, which is left alone. Remove the link and try again."
        )
    if VENV.exists():
        print(".venv is incomplete, out of date or not ours: building it anew.", flush=True)
        shutil.rmtree(VENV)
    bare = [] if importlib.util.find_spec("ensurepip") else ["--without-pip"]
    call(
        [BASE_PYTHON, "-I", "-m", "venv", *bare, str(VENV)],
        guard,
        "Could not make .venv. On Debian and Ubuntu the package python3-venv may be missing.",
    )


def pip() -> list[str]:
    """The command of a pip that installs into the environment: its own, else the interpreter's."""
    if importlib.util.find_spec("ensurepip"):
        return [str(python_of(VENV)), "-I", "-m", "pip"]
    if importlib.util.find_spec("pip"):
        return [BASE_PYTHON, "-I", "-m", "pip", "--python", str(python_of(VENV))]
    raise SetUpFailed(
        "This Python has neither ensurepip nor pip. On Debian and Ubuntu: apt-get install python3-venv"
    )


def install(lock: Path, guard: int) -> None:
    """Install a whole lock; the lock names every package, so nothing is left to resolve."""
    name = lock.relative_to(ROOT)
    print(f"Installing {name} into .venv (a minute or two, the first time) …", flush=True)
    options = [
        "--quiet",
        "--require-hashes",
        "--no-deps",
        "--only-binary",
        ":all:",
        "--requirement",
        str(lock),
    ]
    call(
        [*pip(), "install", *options],
        guard,
        f"Could not install {name}. If a connection failed, try again: what was fetched is kept.",
    )


def set_up(lock: Path) -> None:
    """Make `.venv` hold at least what `lock` names, whatever state it is in. Raises SetUpFailed."""
    wanted = locked(lock)
    if set(wanted) <= set(read_stamp() or []):
        return
    with exclusively() as guard:
        present = read_stamp()
        if present is not None and set(wanted) <= set(present):
            return
        STAMP.unlink(missing_ok=True)
        if present is None or not set(present) <= set(wanted):
            create(guard)
        install(lock, guard)
        write_stamp(wanted)


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in {"run", "dev"}:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        if sys.version_info < OLDEST:
            raise SetUpFailed(f"Kintsugi needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        set_up(ROOT / "requirements" / f"{arguments[0]}.txt")
    except PermissionError as error:
        print(
            f"{error}\nMay another user have made .venv? Remove it as that user, then try again.",
            file=sys.stderr,
        )
        return 1
    except (SetUpFailed, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("Interrupted; the next run begins again where it is safe.")
