"""Runs the calls of README.md, as printed, against a server, and compares what they answer.

    python -m tests.walk.readme BASE_URL [FILE]

The convention, for whoever writes the README:

- Blocks fenced as ```sh are run, all of them, in order, in one bash (`set -euo pipefail`), so that a variable
  set in one block serves the next. What is only shown (installing, starting) is fenced as ```console.
- `http://localhost:8000` stands for the server; BASE_URL takes its place.
- A line `# => TEXT` after a command says that TEXT appears in the output (standard output and error) of the
  lines since the expectation before it, or since the start of the block. Several may follow one another. Any
  run of white space equals any other.

Each expectation that fails is named, with its commands and what they printed; the exit status is then 1.
"""

import os
import re
import secrets
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

README = Path(__file__).resolve().parents[2] / "README.md"
PRINTED_URL = "http://localhost:8000"
FENCE = re.compile(r"^```sh[ \t]*\n(?P<block>.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
EXPECTATION = re.compile(r"^# => (?P<text>.+?)\s*$")
SECONDS = 120


@dataclass(frozen=True)
class Step:
    """Some lines of a block, and what their output must contain."""

    commands: str
    expected: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    step: Step
    output: str
    finished: bool

    def failures(self) -> list[str]:
        """What went otherwise than the step says, in words."""
        if not self.finished:
            return ["ended with an error, or never ended"]
        output = " ".join(self.output.split())
        return [f"expected {text!r}" for text in self.step.expected if " ".join(text.split()) not in output]


def steps_of(markdown: str) -> list[Step]:
    """The steps of all ```sh blocks of a document, in order."""
    return [step for fence in FENCE.finditer(markdown) for step in _steps_of_block(fence["block"])]


def _steps_of_block(block: str) -> list[Step]:
    steps: list[Step] = []
    commands: list[str] = []
    expected: list[str] = []
    for line in block.splitlines():
        if found := EXPECTATION.match(line):
            expected.append(found["text"])
            continue
        if expected:
            steps.append(Step("\n".join(commands), tuple(expected)))
            commands, expected = [], []
        commands.append(line)
    return [*steps, Step("\n".join(commands), tuple(expected))]


def run(steps: list[Step], base_url: str) -> list[Outcome]:
    """Run the steps in one bash, each with its own output; those after one that fails are not run."""
    mark = secrets.token_hex(8)
    lines = ["set -euo pipefail", "exec 2>&1"]
    for step in steps:
        lines += [step.commands.replace(PRINTED_URL, base_url), f"printf '%s\\n' {mark}"]
    try:
        printed = subprocess.run(
            ["bash", "-c", "\n".join(lines)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            timeout=SECONDS,
            check=False,
        ).stdout
    except subprocess.TimeoutExpired as slow:
        printed = slow.stdout or b""
    *finished, unfinished = printed.decode(errors="replace").split(f"{mark}\n")
    outcomes = [Outcome(step, output, True) for step, output in zip(steps, finished, strict=False)]
    if len(finished) < len(steps):
        outcomes.append(Outcome(steps[len(finished)], unfinished, False))
    return outcomes


def report(outcome: Outcome) -> str:
    reasons = "; ".join(outcome.failures())
    return f"--- {reasons}\n{outcome.step.commands}\n--- printed:\n{outcome.output[-3000:]}"


def main(base_url: str, document: Path = README) -> int:
    steps = steps_of(document.read_text(encoding="utf-8"))
    outcomes = run(steps, base_url.rstrip("/"))
    failed = [outcome for outcome in outcomes if outcome.failures()]
    for outcome in failed:
        print(report(outcome))
    if not steps:
        print(f"{document.name} shows no call: nothing was walked.")
    ran = len(outcomes) - len(failed)
    print(f"{document.name}: {ran} of {len(steps)} steps as printed, {len(failed)} otherwise.", flush=True)
    return int(bool(failed) or not steps)


if __name__ == "__main__":
    if len(sys.argv) not in {2, 3}:
        sys.exit(__doc__)
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    sys.exit(main(sys.argv[1], *map(Path, sys.argv[2:])))
