"""Mail in tests: a site that sends it, a worker's turn, and a mail server that takes or refuses letters."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.core import mail
from django.core.mail import EmailMessage

from cms.working import Worker

OFFERED = "smtp://mail.example"
"""EMAIL_URL of a site that sends mail. What it names is never spoken to: tests have Django's own list of letters."""


def worked() -> list[EmailMessage]:
    """What a worker's turn sent."""
    before = len(mail.outbox)
    Worker().turn()
    return mail.outbox[before:]


class _Conversation(socketserver.StreamRequestHandler):
    """The little of RFC 5321 that a client needs. An address is refused with the answer that the server has for it."""

    def handle(self) -> None:
        self._say("220 mail.example")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self._say("354 Go on")
                self._take()
            elif verb == b"RCPT":
                self._say(self.server.answers.get(line.split(b"<")[1].split(b">")[0].decode(), "250 OK"))
            else:
                self._say("221 Bye" if verb == b"QUIT" else "250 OK")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.decode())
        self.server.letters.append("".join(lines))
        self._say("250 Taken")

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """`letters` as they came over the wire; `answers` to RCPT by address."""

    daemon_threads = True

    def __init__(self, answers: dict[str, str]) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.answers = answers
        self.letters: list[str] = []


@contextmanager
def mail_server(answers: dict[str, str] | None = None) -> Iterator[MailServer]:
    with MailServer(answers or {}) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
