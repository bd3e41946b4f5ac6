"""What the records of consent come to: each scope counts on its own, and the worst of them is the state."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from articles.consents import EXPIRED, IN_FORCE, MISSING, WITHDRAWN, state_at


def day(number: int) -> datetime:
    return datetime(2026, 3, number, tzinfo=UTC)


@dataclass
class Agreed:
    given_at: datetime
    expires_at: datetime | None = None
    withdrawn_at: datetime | None = None
    scope: str = "E."


NOW = day(20)


@pytest.mark.parametrize(
    ("records", "state"),
    [
        ([], MISSING),
        ([Agreed(day(1))], IN_FORCE),
        ([Agreed(day(21))], MISSING),
        ([Agreed(day(1), expires_at=day(21))], IN_FORCE),
        ([Agreed(day(1), expires_at=day(20))], EXPIRED),
        ([Agreed(day(1), withdrawn_at=day(20))], WITHDRAWN),
        ([Agreed(day(1), withdrawn_at=day(21))], IN_FORCE),
        ([Agreed(day(1), expires_at=day(5), withdrawn_at=day(6))], WITHDRAWN),
        ([Agreed(day(1), expires_at=day(5)), Agreed(day(4))], IN_FORCE),
        ([Agreed(day(1), withdrawn_at=day(5)), Agreed(day(6))], IN_FORCE),
        ([Agreed(day(1), withdrawn_at=day(5)), Agreed(day(4))], WITHDRAWN),
        ([Agreed(day(4)), Agreed(day(1), withdrawn_at=day(5))], WITHDRAWN),
        ([Agreed(day(1)), Agreed(day(2), withdrawn_at=day(5), scope="M.")], WITHDRAWN),
        ([Agreed(day(1), withdrawn_at=day(5)), Agreed(day(6), scope="M.")], WITHDRAWN),
        ([Agreed(day(1), expires_at=day(5)), Agreed(day(6), scope="M.")], EXPIRED),
        ([Agreed(day(1), withdrawn_at=day(5)), Agreed(day(6), scope=" é. ", withdrawn_at=None)], IN_FORCE),
        (
            [Agreed(day(1), expires_at=day(2)), Agreed(day(1), withdrawn_at=day(2), scope="M.")],
            WITHDRAWN,
        ),
    ],
    ids=[
        "nobody agreed",
        "somebody agreed",
        "not given yet",
        "before it expires",
        "at the instant of expiry",
        "at the instant of withdrawal",
        "before it is withdrawn",
        "withdrawn after it had expired",
        "renewed before it expired",
        "given again after a withdrawal",
        "a consent before the withdrawal does not outlast it",
        "in whatever order they are recorded",
        "one of two people withdrew",
        "another person's consent is none of theirs",
        "another person's consent renews nothing",
        "the same scope in other letters",
        "the worst of several",
    ],
)
def test_records_come_to_one_word(records: list[Agreed], state: str) -> None:
    assert state_at(records, NOW) == state
