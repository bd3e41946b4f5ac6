"""The application with a worker beside it in the same process: what `manage.py up` serves unless WORKER is false."""

from cms.wsgi import application

__all__ = ["application"]


def _with_worker() -> None:
    from cms.working import start_beside  # its models need the application's set-up

    start_beside()


_with_worker()
