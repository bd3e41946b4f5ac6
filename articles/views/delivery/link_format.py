"""The link format as a form that clients can ask for. What is in it is `articles.memento`'s."""

from articles.memento import LINK_FORMAT
from cms.renderers import Written


class LinkFormat(Written):
    """Links in the syntax of the Link header (RFC 6690)."""

    media_type = LINK_FORMAT
    format = "link-format"
