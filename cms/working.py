"""The worker: runs what waits in the task queue, and calls settings.ROUNDS now and then, until it is told to stop.

It looks before it locks, so that an idle worker is no writer. What fails is logged by its kind, and the worker goes on.
"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread, main_thread

from django.conf import settings
from django.db import close_old_connections, connections, transaction
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string
from django_tasks import task_backends
from django_tasks_db import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult

from cms import clock

logger = logging.getLogger(__name__)

INTERVAL = 1.0
"""Seconds between two looks at an empty queue."""
AFTER_FAILURE = 5.0
QUEUE = "default"
KEPT = timedelta(days=1)
_FORGOTTEN_AT_ONCE = 1000


class Worker:
    """One worker, in a process of its own or in a thread of a server's."""

    def __init__(self) -> None:
        self.stopping = Event()
        self.called: dict[str, float] = {}
        self.runner = QueueWorker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name=QUEUE,
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )

    def stop(self) -> None:
        """Finish the task in hand, and begin no other."""
        self.stopping.set()

    def run(self) -> None:
        while not self.stopping.is_set():
            close_old_connections()
            went_well = self._guarded(self.turn)
            self.stopping.wait(INTERVAL if went_well else AFTER_FAILURE)
        connections.close_all()

    def turn(self) -> None:
        """Everything that is due now."""
        for path, seconds in settings.ROUNDS.items():
            self._call_if_due(path, seconds)
        while not self.stopping.is_set() and (task := self._next_task()):
            self.runner.run_task(task)

    def _next_task(self) -> DBTaskResult | None:
        """A task that from now on is this worker's."""
        ready = DBTaskResult.objects.ready().filter(backend_name=QUEUE)
        if not isinstance(task_backends[QUEUE], DatabaseBackend) or not ready.exists():
            return None
        with transaction.atomic():
            task = ready.get_locked()
            if task is not None:
                task.claim(self.runner.worker_id)
        return task

    def _call_if_due(self, path: str, seconds: int) -> None:
        last = self.called.get(path)
        if self.stopping.is_set() or (last is not None and time.monotonic() - last < seconds):
            return
        self.called[path] = time.monotonic()
        self._guarded(import_string(path))

    def _guarded(self, work: Callable[[], object]) -> bool:
        try:
            work()
        except Exception as error:  # a worker outlives a database that is away and a task that is broken
            # The message may hold what the task was about: only the kind of error is logged.
            logger.error("The worker met %s in %s", type(error).__name__, getattr(work, "__name__", "a task"))
            connections.close_all()
            return False
        return True


def start_beside() -> None:
    """A worker in this process, until its main thread has ended: then the task in hand is finished, and no more.

    A thread costs no memory to speak of, where a process would cost as much as half a server.
    """
    worker = Worker()

    def stop_with_main_thread() -> None:
        main_thread().join()
        worker.stop()

    Thread(target=worker.run, name="worker").start()
    Thread(target=stop_with_main_thread, name="worker-end", daemon=True).start()


def forget_finished() -> None:
    """Tasks that ended a day ago are of no use; those that a killed worker left behind neither. For settings.ROUNDS."""
    over = clock.now() - KEPT
    for old in (
        DBTaskResult.objects.finished().filter(finished_at__lte=over),
        DBTaskResult.objects.running().filter(started_at__lte=over),
    ):
        ids = list(old.order_by().values_list("pk", flat=True)[:_FORGOTTEN_AT_ONCE])
        DBTaskResult.objects.filter(pk__in=ids).delete()
