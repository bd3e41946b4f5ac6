"""`manage.py states`: the diagrams and tables of docs/states.md, from the tables that the verbs judge by."""

from collections.abc import Mapping
from typing import Any

from django.core.management.base import BaseCommand

from articles.actions import states
from articles.actions.releases import states as releases

Transitions = Mapping[tuple[str, str], str]


class Command(BaseCommand):
    help = "Print the state diagrams of articles and releases as docs/states.md has them."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("\n\n".join([*of_articles(), *of_releases()]))


def of_articles() -> tuple[str, str, str]:
    """What each state means, the diagram, and the table of verb by state."""
    refusals = {verb: code for verb, (code, _) in states.REFUSED.items()}
    lines = [["state", "what it means"], ["---", "---"]]
    lines += [[f"`{name}`", meaning] for name, meaning in states.STATES.items()]
    meanings = "\n".join(_line(cells) for cells in lines)
    return meanings, diagram(states.TRANSITIONS, "create"), table(states.TRANSITIONS, refusals)


def of_releases() -> tuple[str, str]:
    """The diagram, and the table of verb by state; every pair that is missing there is refused."""
    by_time = {("begin", "scheduled"): "released"}
    verbs = {verb for verb, _ in releases.TRANSITIONS}
    drawn = {**releases.TRANSITIONS, **by_time}
    return diagram(drawn, "create"), table(drawn, dict.fromkeys(verbs, ""))


def diagram(transitions: Transitions, first: str) -> str:
    """A Mermaid state diagram; verbs that lead from one state to the same other share an arrow."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for (verb, before), after in transitions.items():
        arrows.setdefault((before, after), []).append(verb)
    lines = [f"    {before} --> {after}: {', '.join(verbs)}" for (before, after), verbs in arrows.items()]
    return "\n".join(["```mermaid", "stateDiagram-v2", f"    [*] --> draft: {first}", *lines, "```"])


def table(transitions: Transitions, refusals: Mapping[str, str]) -> str:
    """Verb by state: the state after it, or the refusal. `refusals` has each verb's code, empty where it depends."""
    known = dict.fromkeys(before for _, before in transitions)
    head = ["verb", *known]
    verbs = dict.fromkeys(verb for verb, _ in transitions)
    rows = [[f"`{verb}`", *(_cell(transitions, refusals, verb, state) for state in known)] for verb in verbs]
    return "\n".join(_line(cells) for cells in (head, ["---"] * len(head), *rows))


def _cell(transitions: Transitions, refusals: Mapping[str, str], verb: str, state: str) -> str:
    if (verb, state) in transitions:
        return transitions[verb, state]
    if verb not in refusals:
        return ""
    return f"409 `{refusals[verb]}`" if refusals[verb] else "409"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
