"""Two moderators at one desk."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group

from cms.models import User
from comments.models import Comment
from tests.client import ApiClient

QUEUE = "/api/v1/editorial/comments"


@pytest.fixture
def moderator2(db: None) -> User:
    user = User.objects.create_user(username="moderator2", email="moderator2@staff.example")
    user.groups.add(Group.objects.get_or_create(name="moderator")[0])
    return user


@pytest.fixture
def as_moderator2(moderator2: User, speaking_for: Callable[..., ApiClient]) -> ApiClient:
    return speaking_for(moderator2)


@pytest.fixture
def decide() -> Callable[..., Any]:
    """A decision over HTTP on the latest version, by somebody who has just read it."""

    def send(client: ApiClient, comment: Comment, decision: str, **body: Any) -> Any:
        comment.refresh_from_db()
        sent = {"decision": decision, "version": comment.last_version, "reason": "other"} | body
        return client.post(f"{QUEUE}/{comment.pk}/decisions", sent, headers={"If-Match": comment.etag})

    return send


@pytest.fixture
def undo() -> Callable[..., Any]:
    """Undoing over HTTP, by somebody who has just read the reply."""

    def send(client: ApiClient, comment: Comment, decision: Any, tag: str = "", **body: Any) -> Any:
        comment.refresh_from_db()
        headers = {"If-Match": tag or comment.etag}
        return client.post(f"{QUEUE}/{comment.pk}/decisions/{decision}/undo", body, headers=headers)

    return send
