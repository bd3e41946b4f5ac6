"""What the task queue runs for replies. A task knows what it is about by an id."""

from uuid import UUID

from django_tasks import task


@task()
def call(call_id: str) -> None:
    """Make this call if it is due and nobody else makes it. Never raises for what the other side does."""
    from comments.actions import alert_calls  # which enqueues this task

    alert_calls.make(UUID(call_id))
