"""A difference as an HTML document: `del` and `ins` that a screen reader tells apart too, no styles, all escaped."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

CHANGES = {"added": "Added", "removed": "Removed", "changed": "Changed", "moved": "Moved"}


def diff_page(difference: Mapping[str, Any], *, title: str, locale: str, stylesheet: str = "") -> str:
    """The answer of `diff_contents` as a document with one headed section for each field and block that differs.

    `locale` (BCP 47) is the language of the texts; the words around them are English. `stylesheet` is an address.
    """
    writer = _Writer(locale)
    sections = [*map(writer.field, difference["fields"]), *map(writer.block, difference["blocks"])]
    body = "\n".join(sections) or "<p>Nothing differs.</p>"
    if difference["granularity"] == "block":
        body = f"<p>Some texts were too long to be compared by words.</p>\n{body}"
    style = f'<link rel="stylesheet" href="{escape(stylesheet)}">\n' if stylesheet else ""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n{style}</head>\n"
        f'<body>\n<main class="difference">\n<h1>{escape(title)}</h1>\n{body}\n</main>\n</body>\n</html>\n'
    )


@dataclass(frozen=True)
class _Writer:
    locale: str

    def field(self, entry: Mapping[str, Any]) -> str:
        title = escape(entry["field"].replace("_", " ").capitalize())
        if "words" in entry:
            return self._section(title, self._words(entry["words"]))
        return self._section(title, self._whole(_shown(entry["before"]), _shown(entry["after"])))

    def block(self, entry: Mapping[str, Any]) -> str:
        title = f"{CHANGES[entry['change']]}: {escape(entry['type'].replace('_', ' '))}"
        if entry["change"] == "moved":
            said = f"<p>The same text, from place {entry['before_position'] + 1} to {entry['after_position'] + 1}.</p>"
            return self._section(title, said + self._paragraph(_lines(entry["after"])))
        if "words" in entry:
            return self._section(title, self._words(entry["words"]))
        return self._section(title, self._whole(entry.get("before", ""), entry.get("after", "")))

    def _section(self, title: str, body: str) -> str:
        return f'<section class="change">\n<h2>{title}</h2>\n{body}\n</section>'

    def _words(self, words: Mapping[str, Any]) -> str:
        return self._paragraph("".join(map(_op, words["ops"])))

    def _whole(self, before: str, after: str) -> str:
        return self._paragraph((_removed(before) if before else "") + (_added(after) if after else ""))

    def _paragraph(self, content: str) -> str:
        return f'<p lang="{escape(self.locale)}">{content}</p>'


def _op(op: Mapping[str, str]) -> str:
    if op["op"] == "equal":
        return _lines(op["text"])
    return _removed(op["text"]) if op["op"] == "delete" else _added(op["text"])


def _removed(text: str) -> str:
    return f'<del><span class="visually-hidden" lang="en">removed: </span>{_lines(text)}</del>'


def _added(text: str) -> str:
    return f'<ins><span class="visually-hidden" lang="en">added: </span>{_lines(text)}</ins>'


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>\n")


def _shown(value: Any) -> str:
    if value is None or value == "":
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)
