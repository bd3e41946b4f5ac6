"""Places in a thread as bytes: a materialised path of four bytes a level, big endian. Pure; knows no database.

A path is the numbers of a reply's ancestors and of itself, from the root down, so that byte order is the order of
reading. It is never renumbered. `newest` is the same with the root's number inverted: the latest root comes first,
replies beneath a root stay oldest first.
"""

WIDTH = 4
MAX_LEVELS = 200
LAST = 0xFFFFFFFE  # one short of the largest number, so that every path has a successor of its own length


def root(number: int) -> bytes:
    """The path of the `number`-th root of a thread, counted from 1. Raises ValueError beyond `LAST`."""
    return _level(number)


def child(parent: bytes, number: int) -> bytes:
    """The path of the `number`-th reply to `parent`. Raises ValueError beyond `MAX_LEVELS` or `LAST`."""
    if levels(parent) >= MAX_LEVELS:
        raise ValueError(f"a thread has at most {MAX_LEVELS} levels")
    return parent + _level(number)


def newest(path: bytes) -> bytes:
    """The key that orders roots from the latest to the first."""
    inverted = 0xFFFFFFFF - int.from_bytes(path[:WIDTH], "big")
    return inverted.to_bytes(WIDTH, "big") + path[WIDTH:]


def levels(path: bytes) -> int:
    return len(path) // WIDTH


def ancestors(path: bytes) -> list[bytes]:
    """The paths above `path`, from the root down; none for a root."""
    return [path[: WIDTH * level] for level in range(1, levels(path))]


def beneath(path: bytes) -> tuple[bytes, bytes]:
    """The open range `(low, high)` that holds every path beneath `path` and nothing else."""
    number = int.from_bytes(path[-WIDTH:], "big")
    return path, path[:-WIDTH] + (number + 1).to_bytes(WIDTH, "big")


def _level(number: int) -> bytes:
    if not 1 <= number <= LAST:
        raise ValueError("a level of a thread is numbered from 1 to 4,294,967,294")
    return number.to_bytes(WIDTH, "big")
