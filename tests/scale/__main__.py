"""`python -m tests.scale`: how the site that DATABASE_URL names finds what is asked often, and what is wrong with that.

Exits with 1 when something is. It leaves nothing behind but a used-up cache of the database.
"""

import os
import sys
import time

import django
from django.conf import settings


def main() -> int:
    """Print a line for each address: milliseconds of a second asking, statements, and the faults of their plans."""
    from django.db import transaction

    from tests.scale.explaining import faults, statements
    from tests.scale.hot import hot

    settings.ALLOWED_HOSTS = ["testserver"]
    wrong = 0
    with transaction.atomic():
        for asked in hot():
            statements(asked.path, asked.token)
            began = time.perf_counter()
            sent = statements(asked.path, asked.token)
            spent = (time.perf_counter() - began) * 1_000
            found = [fault for said in sent for fault in faults(said, sorts=asked.sorts)]
            wrong += len(found)
            print(f"{asked.name:<55} {spent:8.1f} ms {len(sent):>3} {'; '.join(found)}", flush=True)
        transaction.set_rollback(True)
    print(f"{wrong} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    django.setup()
    sys.exit(main())
