"""The last look at the clock before a COMMIT: a transaction that stamped an instant must be in time for it."""

from datetime import datetime
from typing import Any

from cms import clock
from cms.errors import CommitTooLate


class TimedCommits:
    """Mixed into a database wrapper. `must_commit_before` holds the earliest deadline of the open transaction."""

    must_commit_before: datetime | None = None

    def _commit(self) -> None:
        deadline, self.must_commit_before = self.must_commit_before, None
        if deadline is not None and clock.now() >= deadline:
            self.rollback()  # type: ignore[attr-defined]  # of Django's wrapper, which this is mixed into
            raise CommitTooLate("The commit would have come after an instant that readers could ask for.")
        super()._commit()  # type: ignore[misc]  # of Django's wrapper

    def _rollback(self) -> Any:
        self.must_commit_before = None
        return super()._rollback()  # type: ignore[misc]  # of Django's wrapper
