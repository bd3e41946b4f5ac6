"""The README keeps its two commands and shows calls that are run."""

from tests.docs.pages import ROOT, fenced, text_of
from tests.walk import readme


def test_the_readme_has_the_two_commands():
    commands = [line for block in fenced(text_of("README.md"), "console") for line in block.splitlines()]
    assert "$ make run" in commands
    assert "$ make test" in commands


def test_every_command_of_make_that_the_docs_show_exists():
    targets = {line.split(":")[0] for line in (ROOT / "Makefile").read_text().splitlines() if ":" in line}
    for block in fenced(text_of("README.md"), "console"):
        for line in block.splitlines():
            assert line.split("make ")[-1].split()[0] in targets


def test_every_block_of_the_first_steps_says_what_comes_out():
    steps = readme.steps_of(text_of("README.md"))
    assert len(steps) >= 15
    assert sum(bool(step.expected) for step in steps) >= 15


def test_the_first_steps_read_travel_reply_moderate_and_publish():
    shown = "\n".join(step.commands for step in readme.steps_of(text_of("README.md")))
    for call in (
        "If-None-Match",
        "?at=",
        "Idempotency-Key",
        "/my/comments/",
        "/decisions",
        "/reviews",
        "/publications",
    ):
        assert call in shown


def test_the_readme_names_no_password():
    assert "DEMO_PASSWORD=" not in "\n".join(fenced(text_of("README.md"), "sh"))
