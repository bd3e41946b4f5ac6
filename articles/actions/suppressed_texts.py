"""Whether a text may be public again: not one that people took out of its article's past."""

from articles.models import Revision, SuppressedPublication
from cms.errors import WrongState


def require_not_suppressed(revision: Revision) -> None:
    """Raise WrongState (code `text_suppressed`) for a suppressed text, in whatever revision it stands now.

    What maintenance suppressed was its old bytes: rendered today, the text is safe.
    """
    rows = SuppressedPublication.objects.filter(
        publication__article_id=revision.article_id,
        publication__revision__sha256=revision.sha256,
        suppression__requested_by__isnull=False,
        suppression__confirmed_at__isnull=False,
    )
    if rows.exists():
        raise WrongState("This text is suppressed. Save another one to publish.", code="text_suppressed")
