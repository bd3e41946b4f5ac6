"""`requirements/install.py`: the real script and the real pip, with one small wheel and no network."""

import base64
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "requirements" / "install.py"
SECONDS = 120


class Project:
    """A folder with the script, its two locks, and an index of wheels beside it."""

    def __init__(self, folder: Path, wheels: Path) -> None:
        self.folder, self.wheels = folder, wheels
        self.stamp = folder / ".venv" / "installed.json"
        (folder / "requirements").mkdir(parents=True)
        wheels.mkdir()
        shutil.copy(SCRIPT, folder / "requirements")

    def lock(self, name: str, *wheels: Path) -> None:
        lines = [f"{requirement(wheel)} --hash=sha256:{sha256(wheel)}\n" for wheel in wheels]
        (self.folder / "requirements" / f"{name}.txt").write_text("".join(lines))

    def start(self, name: str = "run") -> subprocess.Popen[str]:
        pip = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels)}
        return subprocess.Popen(
            [sys.executable, "requirements/install.py", name],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "HOME": str(self.folder)} | pip,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def set_up(self, name: str = "run") -> tuple[int, str]:
        """The exit status and what was printed."""
        process = self.start(name)
        printed, _ = process.communicate(timeout=SECONDS)
        return process.returncode, printed

    def version_of(self, module: str) -> str:
        """What the environment's own interpreter imports, or an empty string if it cannot."""
        program = f"import {module}; print({module}.VERSION)"
        done = subprocess.run(
            [".venv/bin/python", "-c", program], cwd=self.folder, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()


def requirement(wheel: Path) -> str:
    name, version, *_ = wheel.name.split("-")
    return f"{name}=={version}"


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def build_wheel(folder: Path, name: str, version: str) -> Path:
    """A wheel with one module that knows its version (the format is PEP 427's)."""
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": f'VERSION = "{version}"\n',
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},sha256={digest(text)},{len(text)}\n" for path, text in files.items())
    wheel = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
        archive.writestr(f"{info}/RECORD", f"{record}{info}/RECORD,,\n")
    return wheel


def digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path / "a folder with spaces", tmp_path / "wheels")
    kiln = build_wheel(made.wheels, "kiln", "1.0")
    made.lock("run", kiln)
    made.lock("dev", kiln, build_wheel(made.wheels, "glaze", "1.0"))
    return made


def until(condition) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline, "what was waited for did not come"
        time.sleep(0.01)


def test_a_second_run_has_nothing_to_do_and_asks_no_index(project):
    assert project.set_up()[0] == 0
    assert project.version_of("kiln") == "1.0"
    shutil.rmtree(project.wheels)
    assert project.set_up() == (0, "")


def test_the_larger_lock_adds_to_the_smaller_and_then_serves_both(project):
    project.set_up("run")
    began = project.folder.joinpath(".venv", "pyvenv.cfg").stat().st_mtime_ns
    assert project.set_up("dev")[0] == 0
    assert project.version_of("glaze") == "1.0"
    assert project.set_up("run") == (0, "")
    assert project.folder.joinpath(".venv", "pyvenv.cfg").stat().st_mtime_ns == began


def test_a_changed_lock_leaves_nothing_of_the_old_one(project):
    project.set_up("dev")
    newer = build_wheel(project.wheels, "kiln", "2.0")
    project.lock("run", newer)
    assert project.set_up("run")[0] == 0
    assert project.version_of("kiln") == "2.0"
    assert project.version_of("glaze") == ""


@pytest.mark.parametrize("victims", ["the script alone", "the script and its children"])
def test_a_set_up_that_was_killed_is_begun_again(project, victims):
    first = project.start()
    until(project.folder.joinpath(".venv", "pyvenv.cfg").exists)
    if victims == "the script alone":
        first.kill()
    else:
        os.killpg(first.pid, signal.SIGKILL)
    assert not project.stamp.exists()
    status, printed = project.set_up()
    assert status == 0, printed
    assert project.version_of("kiln") == "1.0"
    first.communicate(timeout=SECONDS)


def test_two_set_ups_at_once_make_one_environment(project):
    both = [project.start("run"), project.start("dev")]
    printed = [process.communicate(timeout=SECONDS)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], printed
    assert project.version_of("kiln") == "1.0"
    assert project.version_of("glaze") == "1.0"


def test_a_wheel_that_is_not_the_locked_one_is_refused_and_named(project):
    lock = project.folder / "requirements" / "run.txt"
    lock.write_text(f"kiln==1.0 --hash=sha256:{'0' * 64}\n")
    status, printed = project.set_up()
    assert status == 1
    assert "kiln" in printed
    assert "Could not install requirements/run.txt" in printed
    assert not project.stamp.exists()


def test_an_environment_whose_interpreter_is_gone_is_built_anew(project):
    project.set_up()
    python = project.folder / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python")
    assert project.set_up()[0] == 0
    assert project.version_of("kiln") == "1.0"


def test_a_link_in_the_place_of_the_environment_is_left_alone(project, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    project.folder.joinpath(".venv").symlink_to(elsewhere)
    status, printed = project.set_up()
    assert status == 1
    assert "link" in printed
    assert elsewhere.is_dir()


def test_an_unknown_lock_is_answered_with_how_to_call_the_script(project):
    status, printed = project.set_up("everything")
    assert status == 2
    assert "requirements/install.py run|dev" in printed
