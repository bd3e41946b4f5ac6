"""The problem codes of replies, for the closed list that `/api/docs/problems` documents."""

CODES = {
    "comments_closed": (
        409,
        "Replies are closed",
        "The article takes no new replies. What was sent was not stored.",
    ),
    "parent_not_public": (
        409,
        "Not public any more",
        "The reply that was to be answered is no longer public.",
    ),
    "parent_closed": (
        409,
        "Takes no answers",
        "The author of the reply that was to be answered takes no answers to it.",
    ),
    "article_not_public": (
        409,
        "Not public now",
        "The site answers where readers can read: the article is not public at this moment.",
    ),
    "edit_window_over": (
        409,
        "Too late to edit",
        "A reply can be edited for a while only; it can always be deleted.",
    ),
    "not_editable": (
        409,
        "Not editable",
        "A reply that was decided against, removed or deleted cannot be edited.",
    ),
    "version_changed": (
        409,
        "Edited meanwhile",
        "The decision names a version that is not the reply's latest.",
    ),
    "no_address": (
        409,
        "No address any more",
        "The reply's author erased their address, or it never had one: nobody can be blocked by it.",
    ),
    "decision_not_possible": (
        409,
        "Not from this state",
        "This decision leads nowhere from where the reply is; `allowed` lists those that do.",
    ),
    "nothing_waits": (
        404,
        "Nothing to hand out",
        "No reply waits that this moderator could be given; `waiting` and `claimed` say how many wait all the same.",
    ),
    "claimed": (
        409,
        "Being read by somebody else",
        "Another moderator has claimed the reply; `claimed_until` says for how long.",
    ),
    "needs_reading_alone": (
        409,
        "Not among many",
        "A reply that was graded for self-harm is opened, and decided on alone.",
    ),
    "not_claimable": (409, "Nothing to read", "The reply was erased by its author."),
    "not_undoable": (
        409,
        "Cannot be undone",
        "Only the latest decision of a person can be undone, for a while, and not after an edit or an erasure; "
        "`why` says which of these it is.",
    ),
    "reply_erased": (
        409,
        "Erased",
        "The author has erased the reply; nothing can be said about it any more.",
    ),
    "not_redactable": (
        409,
        "Nothing to redact",
        "No version of the reply is public or waits to be.",
    ),
    "escalation_closed": (
        409,
        "Closed already",
        "It was recorded before what was done about the escalation.",
    ),
    "nothing_to_appeal": (
        409,
        "Nothing to appeal",
        "No person's decision keeps the reply from readers, or the latest one answers an appeal.",
    ),
    "appealed_already": (
        409,
        "Appealed already",
        "There is one appeal for each decision.",
    ),
    "appeal_needs_another": (
        409,
        "Somebody else decides",
        "An appeal is answered by another person than the one whose decision it is about.",
    ),
}
