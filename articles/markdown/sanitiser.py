"""The last gate: an allow-list of elements, attributes and schemes (nh3), and the escaping that agrees with it.

Whatever the grammar writes must pass unchanged; what does not is removed here and reported by the caller.
"""

import re

import nh3

SCHEMES = {"https", "http", "mailto", "tel"}
_LOCAL = re.compile(r"#[A-Za-z0-9][A-Za-z0-9_:.+-]*|/api/v1/articles/[0-9a-f-]{36}")
_ABSOLUTE = re.compile(rf"(?:{'|'.join(sorted(SCHEMES))}):[^\s]+")

_CLASSES: dict[str, set[str]] = {
    "a": {"citation", "footnote", "footnote-back"},
    "aside": {
        "callout",
        "callout-note",
        "callout-tip",
        "callout-important",
        "callout-warning",
        "callout-urgent",
    },
    "div": {"claim", "section-note", "section-body"},
    "li": set(),
    "p": {"callout-title", "claim-evidence", "section-notes", "section-summary"},
    "section": {"section", "footnotes"},
    "span": {"citations", "content-note", "claim-certainty", "claim-population"},
}
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "rel", "role", "id", "class", "data-citation", "data-article", "aria-label"},
    "aside": {"id", "class", "role", "aria-label"},
    "code": {"class"},
    "div": {"id", "class", "role", "data-certainty"},
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "li": {"id"},
    "ol": {"start"},
    "p": {"class"},
    "section": {"id", "class", "role", "aria-label"},
    "span": {"class", "data-content-note", "data-intensity"},
    "table": {"id"},
    "td": {"class"},
    "th": {"scope", "class"},
}
_ALIGNMENTS = {"align-left", "align-center", "align-right"}
_LANGUAGE = re.compile(r"language-[A-Za-z0-9_+#.-]{1,40}")
_TAGS = set(_ATTRIBUTES) | {"blockquote", "br", "em", "hr", "pre", "strong", "sub", "sup"}
_TAGS |= {"tbody", "thead", "tr", "ul"}


def _attribute(element: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        return value if _LOCAL.fullmatch(value) or _ABSOLUTE.fullmatch(value) else None
    if attribute == "class":
        return value if _class_allowed(element, value) else None
    return value


def _class_allowed(element: str, value: str) -> bool:
    if element == "code":
        return bool(_LANGUAGE.fullmatch(value))
    allowed = _ALIGNMENTS if element in {"td", "th"} else _CLASSES.get(element, set())
    return set(value.split(" ")) <= allowed


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    attribute_filter=_attribute,
    url_schemes=SCHEMES,
    url_relative="pass_through",
    link_rel=None,
)


def sanitise(html: str) -> str:
    """Return the fragment with everything removed that is not on the allow-list."""
    return _CLEANER.clean(html)


def survives(href: str) -> bool:
    """Say whether the sanitiser's URL parser (WHATWG URL) accepts an address: it drops what it cannot parse."""
    anchor = f'<a href="{escape_attribute(href)}">x</a>'
    return _CLEANER.clean(anchor) == anchor


def escape(text: str) -> str:
    """Escape text as the HTML standard's serialiser does, so that sanitising finds nothing to change."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\u00a0", "&nbsp;")


def escape_attribute(value: str) -> str:
    """Escape an attribute's value for double quotation marks."""
    return escape(value).replace('"', "&quot;")
