"""Where a decision leads from each situation: the life of a reply as one table. Pure."""

EDITED = "edited"
"""Not a state of the table: published, with an edit that waits."""

TRANSITIONS: dict[str, dict[str, str]] = {
    "held": {"publish": "published", "hold": "held", "reject": "rejected", "spam": "spam"},
    "published": {"publish": "published", "hold": "held", "spam": "spam", "remove": "removed"},
    EDITED: {
        "publish": "published",
        "hold": "published",
        "reject": "published",
        "spam": "spam",
        "remove": "removed",
    },
    "rejected": {"publish": "published", "hold": "held", "reject": "rejected", "spam": "spam"},
    "spam": {"publish": "published", "hold": "held", "reject": "rejected", "spam": "spam"},
    "removed": {"publish": "published", "hold": "held", "spam": "spam", "remove": "removed"},
    "deleted": {},
}
"""With an edit waiting, `publish`, `hold` and `reject` are about the edit alone, and the public text stays until
`publish`; `spam` and `remove` take the whole reply out. Where a decision leads back to where the reply is, it confirms
what was decided: that is the answer to a report or an appeal that changes nothing. A deletion by the author is final.
"""


def situation(state: str, *, waits: bool) -> str:
    """The key into `TRANSITIONS` of a comment in `state` of which a version waits for a decision, or not."""
    return EDITED if state == "published" and waits else state
