"""What HTTP asks of any answer: our own list from RFC 9110, 9111, 8288, 9457, 7089 and PEP 3333.

`faults` judges one answer by itself, `tests.client` hands it every answer of the suite; what only two answers together
can show is in `test_every_address`.
"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime

from cms import clock

PROBLEM = "application/problem+json"
NO_BODY = (204, 304)
REDIRECTS = (301, 302, 303, 307, 308)

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_QUOTED = r'"(?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t\x20-\x7e\x80-\xff])*"'
_PARAMETER = rf"\s*;\s*{_TOKEN}\*?(?:\s*=\s*(?:{_TOKEN}|{_QUOTED}))?"
_URI = r"[!#$%&'()*+,./0-9:;=?@A-Z\[\]_a-z~-]+"
_NAME = re.compile(_TOKEN)
_VALUE = re.compile(r"[\x21-\x7e\x80-\xff](?:[\t \x21-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?|")
_MEDIA_TYPE = re.compile(rf"{_TOKEN}/{_TOKEN}(?:{_PARAMETER})*")
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"')
_DIRECTIVE = re.compile(rf"({_TOKEN})(?:=({_TOKEN}|{_QUOTED}))?")
_LINK = re.compile(rf"<{_URI}>((?:{_PARAMETER})+)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_SECONDS = ("max-age", "s-maxage", "stale-while-revalidate", "stale-if-error")

HOP_BY_HOP = frozenset(
    {
        *("connection", "keep-alive", "proxy-authenticate", "proxy-authorization"),
        *("te", "trailer", "transfer-encoding", "upgrade", "proxy-connection"),
    }
)
SINGLE = frozenset(
    {
        *("age", "content-encoding", "content-length", "content-location", "content-type", "date", "etag"),
        *("expires", "last-modified", "location", "memento-datetime", "retry-after", "x-request-id"),
    }
)
DATES = ("date", "last-modified", "memento-datetime", "expires")


@dataclass(frozen=True)
class Exchange:
    """A request's method, and what was answered: the status, the headers as they were written, the body."""

    method: str
    status: int
    written: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def headers(self) -> Mapping[str, str]:
        """By name in lower case; those that were written more than once with commas between them."""
        found: dict[str, str] = {}
        for name, value in self.written:
            key = name.lower()
            found[key] = f"{found[key]}, {value}" if key in found else value
        return found

    def get(self, name: str) -> str:
        return self.headers.get(name, "")


def faults(exchange: Exchange) -> list[str]:
    """Sentences, one for each rule that the answer breaks."""
    return [fault for rule in RULES for fault in rule(exchange)]


def directives(value: str) -> list[tuple[str, str]]:
    """Of Cache-Control (RFC 9111, 5.2), names in lower case. Raises ValueError."""
    found = []
    for member in value.split(","):
        match = _DIRECTIVE.fullmatch(member.strip())
        if not match:
            raise ValueError(member)
        found.append((match[1].lower(), match[2] or ""))
    return found


def _fields(exchange: Exchange) -> Iterator[str]:
    counted = Counter(name.lower() for name, _ in exchange.written)
    for name, value in exchange.written:
        if not _NAME.fullmatch(name):
            yield f"the field name {name!r} is no token (RFC 9110, 5.1)"
        if not _VALUE.fullmatch(value):
            yield f"{name} has a value that no field may have (RFC 9110, 5.5): {value!r}"
    yield from (f"{name} is there {n} times" for name, n in counted.items() if n > 1 and name in SINGLE)
    yield from (f"{name} is the connection's own (PEP 3333)" for name in counted if name in HOP_BY_HOP)


def _length(exchange: Exchange) -> Iterator[str]:
    length = exchange.headers.get("content-length")
    if exchange.status in NO_BODY:
        if exchange.body:
            yield "it has a body and may have none (RFC 9110, 6.4.1)"
        yield from (
            f"{name} is there without a body"
            for name in ("content-length", "content-type", "content-encoding")
            if name in exchange.headers
        )
    elif length is None:
        yield "Content-Length is missing"
    elif not re.fullmatch(r"0|[1-9][0-9]*", length):
        yield f"Content-Length is {length!r} (RFC 9110, 8.6)"
    elif exchange.method == "HEAD":
        yield from ["HEAD has a body (RFC 9110, 9.3.2)"] if exchange.body else []
    elif int(length) != len(exchange.body):
        yield f"Content-Length is {length} and the body has {len(exchange.body)} bytes"


def _content(exchange: Exchange) -> Iterator[str]:
    kind, coding = exchange.headers.get("content-type"), exchange.get("content-encoding")
    if exchange.body and kind is None:
        yield "a body without Content-Type (RFC 9110, 8.3)"
    if kind is not None and not _MEDIA_TYPE.fullmatch(kind):
        yield f"Content-Type is {kind!r}"
    if kind and "json" in kind and "charset" in kind:
        yield "JSON has no charset (RFC 8259, 11)"
    if coding and coding != "gzip":
        yield f"Content-Encoding is {coding!r}"
    if coding and "accept-encoding" not in exchange.get("vary").lower():
        yield "compressed, and Vary does not say so (RFC 9110, 12.5.5)"
    if coding and exchange.body:
        try:
            gzip.decompress(exchange.body)
        except (OSError, EOFError):
            yield "Content-Encoding says gzip and the body is none"
    for language in filter(None, exchange.get("content-language").split(",")):
        if not _LANGUAGE.fullmatch(language.strip()):
            yield f"Content-Language is {language!r} (RFC 5646)"
    if exchange.status == 206 or "content-range" in exchange.headers:
        yield "ranges are not given here"


def _validators(exchange: Exchange) -> Iterator[str]:
    etag = exchange.headers.get("etag")
    if etag is not None and not _ETAG.fullmatch(etag):
        yield f"ETag is {etag!r} (RFC 9110, 8.8.3)"
    if etag and exchange.get("content-encoding") and not etag.endswith('-gzip"'):
        yield "two representations with one strong tag (RFC 9110, 8.8.3.3)"
    for name in DATES:
        if name in exchange.headers and (fault := _date(exchange.headers[name])):
            yield f"{name}: {fault}"
    if exchange.status == 304:
        yield from (
            f"304 without {name}" for name in ("etag", "cache-control") if name not in exchange.headers
        )


def _date(value: str) -> str:
    try:
        told = parsedate_to_datetime(value)
        canonical = format_datetime(told.astimezone(UTC), usegmt=True)
    except (TypeError, ValueError):
        return f"{value!r} is no date (RFC 9110, 5.6.7)"
    if canonical != value:
        return f"{value!r} is not the form that is sent, {canonical!r}"
    return f"{value!r} lies ahead" if told > _latest() else ""


def _latest() -> datetime:
    return clock.now() + timedelta(seconds=2)


def _caching(exchange: Exchange) -> Iterator[str]:
    value = exchange.headers.get("cache-control")
    if value is None:
        if exchange.method in ("GET", "HEAD") and exchange.status < 300 and not _is_page(exchange):
            yield "nothing says how long it may be kept"
        return
    try:
        found = directives(value)
    except ValueError:
        yield f"Cache-Control is {value!r} (RFC 9111, 5.2)"
        return
    names = [name for name, _ in found]
    yield from (f"{name} is there twice" for name, n in Counter(names).items() if n > 1)
    for name, argument in found:
        if (name in _SECONDS) != bool(re.fullmatch(r"0|[1-9][0-9]{0,9}", argument)):
            yield f"Cache-Control: {name}={argument}"
    kept = {name for name, argument in found if name in _SECONDS and argument != "0"}
    if "no-store" in names and ("public" in names or kept):
        yield f"kept and not kept at once: {value}"
    if "public" in names and "private" in names:
        yield "public and private"
    if "public" in names and "set-cookie" in exchange.headers:
        yield "a cookie that caches give to everybody"
    if "*" in exchange.get("vary") and "max-age" in names:
        yield "an age, and Vary: * (RFC 9111, 4.1)"


def _is_page(exchange: Exchange) -> bool:
    return exchange.get("content-type").startswith("text/html")


def _by_status(exchange: Exchange) -> Iterator[str]:
    status, headers = exchange.status, exchange.headers
    if status == 401 and "www-authenticate" not in headers:
        yield "401 without WWW-Authenticate (RFC 9110, 11.6.1)"
    if status == 405 and not headers.get("allow"):
        yield "405 without Allow (RFC 9110, 15.5.6)"
    if status in REDIRECTS and not re.fullmatch(_URI, headers.get("location", "")):
        yield f"{status} leads to {headers.get('location')!r}"
    if status in (429, 503) and "retry-after" not in headers:
        yield f"{status} does not say when to try again"
    if "retry-after" in headers and not re.fullmatch(r"[0-9]+", headers["retry-after"]):
        yield f"Retry-After is {headers['retry-after']!r} (RFC 9110, 10.2.3)"
    for method in filter(None, headers.get("allow", "").split(",")):
        if not _NAME.fullmatch(method.strip()):
            yield f"Allow names {method!r}"
    if headers.get("access-control-allow-origin") == "*" and "access-control-allow-credentials" in headers:
        yield "every origin, with credentials"


def _links(exchange: Exchange) -> Iterator[str]:
    rest = exchange.get("link")
    while rest:
        match = _LINK.match(rest)
        if not match:
            yield f"Link is {rest!r} (RFC 8288, 3)"
            return
        if not re.search(r";\s*rel=", match[1]):
            yield "a link without rel (RFC 8288, 3.3)"
        rest = rest[match.end() :].lstrip()
        if rest and not rest.startswith(","):
            yield f"Link goes on with {rest!r}"
            return
        rest = rest.removeprefix(",").lstrip()


def _problems(exchange: Exchange) -> Iterator[str]:
    kind = exchange.get("content-type").partition(";")[0]
    if _is_page(exchange):
        return
    if exchange.status >= 400 and kind != PROBLEM:
        yield f"an error as {kind or 'nothing'} (RFC 9457)"
    if kind != PROBLEM:
        return
    if exchange.status < 400:
        yield "a problem that is none"
    if exchange.body and json.loads(exchange.body).get("status") != exchange.status:
        yield "the problem names another status (RFC 9457, 3.1.2)"
    if exchange.status in (404, 409, 412, 429, 503) and exchange.get("cache-control") != "no-store":
        yield "a problem of the moment that may be kept"


RULES: tuple[Callable[[Exchange], Iterable[str]], ...] = (
    _fields,
    _length,
    _content,
    _validators,
    _caching,
    _by_status,
    _links,
    _problems,
)
