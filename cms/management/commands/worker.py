"""`manage.py worker`: run what waits in the task queue, such as mail, until SIGTERM. Any number may run at once."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.working import Worker


class Command(BaseCommand):
    help = "Sends mail and does whatever else was put off, until it is told to stop."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        worker = Worker()
        if once:
            worker.turn()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop())
        worker.run()
