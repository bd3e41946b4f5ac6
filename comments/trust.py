"""When replies of somebody with a confirmed address appear without being read first: the rules alone. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rules:
    """settings.COMMENT_TRUST. `published`: points that are needed. `refusal`: points that a refused reply costs.

    `quiet_days`: for how long after a refusal nothing appears at once, however many points there are. `memory_days`:
    for how long a refusal counts at all.
    """

    published: int = 3
    refusal: int = 3
    quiet_days: int = 30
    memory_days: int = 90


@dataclass(frozen=True)
class Record:
    """What came of somebody's replies. `refused` are those that a person rejected, removed or called spam.

    Replies that speak of self-harm count among neither.
    """

    published: int
    refused: int
    refused_lately: bool


def may_appear_at_once(record: Record, rules: Rules) -> bool:
    points = record.published - rules.refusal * record.refused
    return points >= rules.published and not record.refused_lately
