"""The bytes on the wire, through the server that is shipped: framing, kept connections, no body where none may be."""

import re
import socket
from collections.abc import Iterator
from contextlib import closing
from email import message_from_string
from email.message import Message

import pytest

from tests.builders import a_published_article
from tests.http.semantics import Exchange, faults
from tests.load.server import Server, serving

pytestmark = pytest.mark.django_db(transaction=True)
PATH = "/api/v1/articles/sleep"
REASON = re.compile(rb"HTTP/1\.1 ([1-5][0-9]{2}) [\t\x20-\x7e]*")


@pytest.fixture
def wire() -> Iterator[socket.socket]:
    """One connection, kept for all of a test."""
    a_published_article(body_markdown="Sleep settles with time.\n\n" * 100)
    with serving() as server, closing(connected(server)) as found:
        yield found


def connected(server: Server) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=20)


def asked(wire: socket.socket, method: str, path: str, *lines: str) -> Exchange:
    """The next answer on the connection, read by its own framing alone."""
    head = [f"{method} {path} HTTP/1.1", "Host: testserver", *lines, "", ""]
    wire.sendall("\r\n".join(head).encode())
    received = b""
    while b"\r\n\r\n" not in received:
        received += more(wire)
    first, _, rest = received.partition(b"\r\n")
    match = REASON.fullmatch(first)
    assert match, first
    fields, _, body = rest.partition(b"\r\n\r\n")
    headers: Message = message_from_string(fields.decode("latin-1"))
    status = int(match[1])
    bodiless = method == "HEAD" or status in (204, 304)
    length = 0 if bodiless else int(headers["content-length"])
    while len(body) < length:
        body += more(wire)
    assert len(body) == length, "bytes of no answer"
    return Exchange(method, status, tuple(headers.items()), body)


def more(wire: socket.socket) -> bytes:
    received = wire.recv(65_536)
    assert received, "the connection ended in the middle of an answer"
    return received


def test_one_connection_serves_one_answer_after_another_by_the_book(wire: socket.socket) -> None:
    whole = asked(wire, "GET", PATH)
    packed = asked(wire, "GET", PATH, "Accept-Encoding: gzip")
    exchanges = [
        whole,
        packed,
        asked(wire, "HEAD", PATH),
        asked(wire, "HEAD", PATH, "Accept-Encoding: gzip"),
        asked(wire, "GET", PATH, f"If-None-Match: {whole.get('etag')}"),
        asked(wire, "HEAD", PATH, f"If-None-Match: {whole.get('etag')}"),
        asked(wire, "OPTIONS", PATH),
        asked(wire, "DELETE", PATH),
        asked(wire, "GET", f"{PATH}/"),
        asked(wire, "GET", "/api/v1/articles/nowhere"),
        asked(wire, "HEAD", "/api/v1/articles/nowhere"),
        asked(wire, "GET", "/api/v1/changes"),
        asked(wire, "GET", f"{PATH}?unknown=1"),
        asked(wire, "GET", PATH),
    ]
    statuses = [exchange.status for exchange in exchanges]
    assert statuses == [200, 200, 200, 200, 304, 304, 204, 405, 308, 404, 404, 200, 400, 200]
    assert exchanges[-1].body == whole.body
    for exchange in exchanges:
        assert faults(exchange) == [], (exchange.status, exchange.method)
        assert exchange.get("date"), "an origin with a clock says when (RFC 9110, 6.6.1)"
    for plain, head in ((whole, exchanges[2]), (packed, exchanges[3])):
        for name in ("content-length", "content-type", "etag", "vary", "content-encoding"):
            assert head.get(name) == plain.get(name)
