"""Replies that ask for letters, and the links in them."""

import re

from tests.comments.forms import filled
from tests.comments.people import thread_url

HOUR, DAY = 3600, 86_400
LINK = re.compile(r"http://testserver(/api/v1/\S+)")


def links(letter) -> list[str]:
    return LINK.findall(letter.body)


def send(api, article, **changes):
    return api.post(thread_url(article), filled(article, **changes))
