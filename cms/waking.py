"""Waking a worker for something that waits in a table of its own: the task is the call, never the thing."""

from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django_tasks.base import Task
from django_tasks_db import DatabaseBackend


def wake(task: Task[[str], None], about: UUID, *, due_at: datetime, now: datetime) -> None:
    """Have `task` run with this id as text, when it is due, once the open transaction has committed.

    It carries nothing else. Our own queue takes it with the transaction, others after. A queue that cannot wait is not
    told of what comes later: whoever calls has a sweep that finds it.
    """
    backend: Any = task.get_backend()  # to type checkers a base class of which none of ours can be one
    if due_at > now and not backend.supports_defer:
        return
    waking = task.using(run_after=due_at if due_at > now else None)
    if isinstance(backend, DatabaseBackend):
        waking.enqueue(str(about))
    else:
        transaction.on_commit(partial(waking.enqueue, str(about)))
