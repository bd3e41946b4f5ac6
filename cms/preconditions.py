"""The condition of a write: the tag that its author had read must still be the current one. Knows no HTTP."""

from dataclasses import dataclass

from cms.errors import PreconditionFailed


@dataclass(frozen=True)
class IfMatch:
    """The tags that a writer had read, each with its quotes and without a weak prefix, for instance `"r7-31"`."""

    tags: tuple[str, ...]

    def require(self, current: str) -> None:
        """Raise PreconditionFailed unless `current` is one of the tags."""
        if current not in self.tags:
            raise _stale(current)

    def require_head(self, current: str) -> None:
        """Like `require`, comparing only what stands before the first `-`: `"r7-31"` matches `"r7-40"`."""
        if _head(current) not in {_head(tag) for tag in self.tags}:
            raise _stale(current)


def _head(tag: str) -> str:
    return tag.strip('"').partition("-")[0]


def _stale(current: str) -> PreconditionFailed:
    return PreconditionFailed(
        "Somebody changed it after you read it. Nothing was saved: read it again, then decide.",
        current_etag=current,
    )
