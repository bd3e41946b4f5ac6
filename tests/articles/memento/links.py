"""Reading links as RFC 8288 has them, in a header or a TimeMap, and dates; written apart from what writes them."""

import re
from datetime import datetime
from typing import NamedTuple

from tests.articles.api.walking import local

_LINK = re.compile(r'<(?P<target>[^>]*)>(?P<parameters>(?:\s*;\s*[a-z]+="[^"]*")*)\s*(?:,|$)')
_PARAMETER = re.compile(r'([a-z]+)="([^"]*)"')


class Link(NamedTuple):
    """`target` as written, and the link's parameters by name; `rel` is one relation type."""

    rel: str
    target: str
    parameters: dict[str, str]


def parsed(text: str) -> list[Link]:
    """One Link for each relation type of each link, in the order of the text. All of the text must be links."""
    found, end = [], 0
    for match in _LINK.finditer(text.strip()):
        assert not text.strip()[end : match.start()].strip(), f"not a link: {text[end:]}"
        end = match.end()
        parameters = dict(_PARAMETER.findall(match["parameters"]))
        found += [Link(rel, match["target"], parameters) for rel in parameters["rel"].split()]
    assert end == len(text.strip()), f"not a link: {text[end:]}"
    return found


def by_rel(text: str) -> dict[str, str]:
    """Where each relation leads, as a path that the test client takes; the last of several."""
    return {link.rel: local(link.target) for link in parsed(text)}


def datetimes(text: str) -> dict[str, str]:
    """The `datetime` of each relation that has one."""
    return {link.rel: link.parameters["datetime"] for link in parsed(text) if "datetime" in link.parameters}


def rfc1123(instant: datetime) -> str:
    """The names of days and months are English whatever the locale of this process."""
    day = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[instant.weekday()]
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{day}, {instant:%d} {months[instant.month - 1]} {instant.year:04} {instant:%H:%M:%S} GMT"


def rfc3339(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"
