"""Reading a page as a strict policy would: what it would run, load or send elsewhere."""

from html.parser import HTMLParser

LOADING = frozenset({"src", "href", "action", "formaction", "data", "poster", "srcset", "background", "ping"})
"""Attributes that hold an address."""

RUNNING = frozenset(
    {"script", "style", "iframe", "object", "embed", "base", "frame", "applet", "meta-refresh"}
)


class Page(HTMLParser):
    """`problems` holds whatever a page without inline code and without another origin may not have."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.problems: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        if tag in RUNNING and not (tag == "script" and found.get("src")):
            self.problems.append(f"<{tag}>")
        if tag == "meta" and "http-equiv" in found:
            self.problems.append("<meta http-equiv>")
        for name, value in found.items():
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.problems.append(f"{name}={value}")
            if name in LOADING and not _is_harmless(tag, value):
                self.problems.append(f"<{tag} {name}={value}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)


def _is_harmless(tag: str, address: str) -> bool:
    """An address on this host; a link alone may lead elsewhere, by the web only."""
    if tag == "a" and address.startswith(("https://", "http://", "mailto:", "tel:", "sms:")):
        return True
    return not address.startswith("//") and ":" not in address.split("/")[0].split("?")[0].split("#")[0]
