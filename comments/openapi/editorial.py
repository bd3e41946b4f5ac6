"""Decorations of the moderators' views."""

from drf_spectacular.utils import OpenApiExample, extend_schema

from cms.openapi.responses import document, listing, nothing, problem

_EXAMPLE = OpenApiExample(
    "Publish what was read",
    value={"decision": "publish", "version": 1},
    request_only=True,
)

queue = extend_schema(responses={200: listing("ModeratedComment")})
one = extend_schema(responses={200: document("ModeratedComment")})
versions = extend_schema(responses={200: listing("ModeratedCommentVersion")})
decisions = extend_schema(responses={200: listing("CommentDecision")})
decide = extend_schema(
    examples=[_EXAMPLE],
    responses={
        201: document("CommentDecision", "Decided and logged; ETag is the reply's new one."),
        **problem("version_changed", "decision_not_possible", "claimed", "appeal_needs_another"),
    },
)
undo = extend_schema(
    responses={
        201: document("CommentDecision", "Undone and logged; ETag is the reply's new one."),
        **problem("not_undoable", "claimed"),
    },
)
_HANDED = "The reply as it is now, claimed; ETag is what a decision names."
claim_next = extend_schema(responses={200: document("ModeratedComment", _HANDED), **problem("nothing_waits")})
claim = extend_schema(
    responses={200: document("ModeratedComment", _HANDED), **problem("claimed", "not_claimable")}
)
release = extend_schema(responses={204: nothing("Given back."), **problem("claimed")})
names_nobody = extend_schema(responses={204: nothing("Off the list; ETag is the reply's new one.")})
label = extend_schema(responses={200: document("ModeratedComment")})
decide_many = extend_schema(responses={200: document("BulkAnswers")})
exposure = extend_schema(responses={200: document("Exposure")})
preferences = extend_schema(responses={200: document("DeskPreferences")})
prefer = extend_schema(responses={200: document("DeskPreferences")})
