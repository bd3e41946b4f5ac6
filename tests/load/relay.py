"""A way to a PostgreSQL server that can be cut and mended, as the server itself might stop and come back."""

import contextlib
import os
import socket
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from django.db import connection

from tests.databases import SHORT_FOLDER

PORT = 5432


class Relay:
    """Listens where a server would, and hands on what comes to the one that there is. Cut, nobody listens."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / f".s.PGSQL.{PORT}"
        self._held: list[socket.socket] = []
        self.mend()

    def mend(self) -> None:
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self.path))
        self._listener.listen(64)
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        self.path.unlink()
        for held in (self._listener, *self._held):
            with contextlib.suppress(OSError):
                held.shutdown(socket.SHUT_RDWR)
            held.close()
        self._held.clear()

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = listener.accept()
                far = socket.socket(socket.AF_UNIX)
                far.connect(_real_path())
                self._held += (near, far)
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=_pump, args=pair, daemon=True).start()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


def _real_path() -> str:
    given = connection.settings_dict
    return f"{given['HOST']}/.s.PGSQL.{given['PORT'] or PORT}"


@contextlib.contextmanager
def relay() -> Iterator[tuple[Relay, str]]:
    """A relay, and the DATABASE_URL of the running test's database by way of it."""
    with tempfile.TemporaryDirectory(dir=SHORT_FOLDER, prefix="relay-") as folder:
        made = Relay(Path(folder))
        name, user = quote(str(connection.settings_dict["NAME"])), connection.settings_dict["USER"]
        parts = urlsplit(os.environ["DATABASE_URL"])
        netloc = f"{quote(str(user))}@{quote(folder, safe='')}"
        yield made, urlunsplit(parts._replace(netloc=netloc, path=f"/{name}"))
        made.cut()
