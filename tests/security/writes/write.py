"""A right request, of which a test can spoil one thing at a time."""

from dataclasses import dataclass
from typing import Any

from tests.client import ApiClient

EDITORIAL = "/api/v1/editorial"


@dataclass(frozen=True)
class Write:
    """A request that would succeed. `route` is its line of the URL map; `etag` the tag to send, if one is needed."""

    route: str
    method: str
    path: str
    client: ApiClient
    body: Any = None
    etag: str = ""

    def send(
        self, body: Any = ..., *, query: str = "", content_type: str = "application/json", **headers: str
    ) -> Any:
        """Send it with another body (bytes as they are) or with other headers; an empty header is left out."""
        sent = self.body if body is ... else body
        tags = {"If-Match": self.etag} if self.etag else {}
        named = tags | {name.replace("_", "-"): value for name, value in headers.items()}
        given = {name: value for name, value in named.items() if value}
        address = self.path + query
        if sent is None and body is ...:
            return self.client.generic(self.method, address, headers=given)
        if isinstance(sent, bytes):
            return self.client.generic(self.method, address, sent, content_type=content_type, headers=given)
        return getattr(self.client, self.method.lower())(address, sent, format="json", headers=given)

    def __str__(self) -> str:
        return f"{self.method} {self.route}"
