"""Reading the documentation as its tests need it: pages, code spans, tables, links and anchors."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOP = ("README.md", "CHANGELOG.md", "SECURITY.md")

_FENCED = re.compile(r"^(`{3,})(?P<language>[a-z]*)[^\n]*\n(?P<body>.*?)^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_LINK = re.compile(r"(?<!!)\[(?:[^\[\]]|\[[^\[\]]*\])*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)


def pages() -> list[str]:
    """Every page of the documentation, relative to the repository."""
    return [*TOP, *sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs").rglob("*.md"))]


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def fenced(text: str, language: str) -> list[str]:
    """The bodies of the fenced blocks of a language."""
    return [block["body"] for block in _FENCED.finditer(text) if block["language"] == language]


def prose(text: str) -> str:
    """The text without fenced blocks."""
    return _FENCED.sub("", text)


def code_spans(text: str) -> list[str]:
    """What stands between backticks, outside of fenced blocks, on one line each."""
    return [" ".join(span[1].split()) for span in _SPAN.findall(prose(text))]


def links(text: str) -> list[str]:
    """The targets of links, outside of code."""
    return _LINK.findall(_SPAN.sub("", prose(text))) + _LINK.findall(_with_code_in_labels(text))


def anchors(text: str) -> set[str]:
    """The names under which a forge offers a page's headings: lower case, no punctuation, hyphens for spaces."""
    seen: dict[str, int] = {}
    names = set()
    for heading in _HEADING.findall(prose(text)):
        name = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        count = seen.get(name, 0)
        seen[name] = count + 1
        names.add(f"{name}-{count}" if count else name)
    return names


def table_under(text: str, heading: str) -> list[list[str]]:
    """The cells of the first table after a heading, header row first; a bar in a cell is written `\\|`."""
    after = text.split(f"\n{heading}\n", 1)[1]
    lines = after[after.index("\n|") + 1 :].splitlines()
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return [rows[0], *rows[2:]]


def tables(text: str) -> list[list[str]]:
    """The rows of all tables, without those that draw the line."""
    rows = [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in prose(text).splitlines()
        if line.startswith("|")
    ]
    return [row for row in rows if set("".join(row)) - set("-: ")]


def _with_code_in_labels(text: str) -> str:
    """Links whose label is code, such as [`openapi.yaml`](openapi.yaml); other code is dropped."""
    return "\n".join(re.findall(r"\[`[^`\]]+`\]\([^)]+\)", prose(text)))
