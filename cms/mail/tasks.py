"""What the task queue runs for mail. A task knows a letter by its id; whom it is to and what it says stay sealed."""

from uuid import UUID

from django_tasks import task


@task()
def deliver(letter_id: str) -> None:
    """Send this letter if it is due and nobody else has it. Never raises for what a mail server does."""
    from cms.mail import sending  # the outbox, which sending needs, enqueues this task

    sending.send(UUID(letter_id))
