"""The clocks of what editors leave behind: working copies that nobody went on with, links that show nothing more."""

from django.db.models import Q

from articles.models import Autosave, PreviewLink
from cms.retention import Clock, deleting

CLOCKS = (
    Clock("autosaves", lambda before: Autosave.objects.filter(saved_at__lt=before), deleting),
    Clock(
        "preview_links",
        lambda before: PreviewLink.objects.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before)),
        deleting,
    ),
)
