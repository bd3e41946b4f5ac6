"""What readers search for: words of the texts themselves, common and rare, whole, begun and misspelt."""

from collections.abc import Iterator
from urllib.parse import urlencode

from articles.models import Publication
from cms import clock
from tests.scale.asking import Hot
from tests.scale.explaining import following

SEARCH = "/api/v1/search"
COMMON = "garden"
PAGE = "the results of one page"
PLANNED = "articles_searchtext articles_publication"
"""What PostgreSQL plans to read whole for a common word, if the newest texts should not give enough of them."""


def searched(topic: str) -> Iterator[Hot]:
    """The rare word is a place that one title names."""
    row = Publication.objects.live(clock.read_instant()).filter(locale="en").order_by("id")[0]
    rare = row.slug.rpartition("-")[2]
    asked = {
        "a common word": {"q": COMMON},
        "a rare word": {"q": rare},
        "two words": {"q": f"{COMMON} {rare}"},
        "a phrase": {"q": f'"{COMMON} and letters"'},
        "the beginning of a word": {"q": COMMON[:4]},
        "all but a word": {"q": f"{rare} -{COMMON}"},
        "a misspelt word": {"q": f"{rare[:3]}x{rare[3:]}"},
        "a common word in a language": {"q": COMMON, "locale": "fr"},
        "a common word of a kind": {"q": COMMON, "kind": "guide"},
        "a common word on a topic": {"q": COMMON, "topic": topic},
        "a rare word, counted": {"q": rare, "count": "true", "include": "facets"},
    }
    for name, query in asked.items():
        whole = PLANNED if "rare" not in name and "misspelt" not in name else ""
        yield Hot(f"search for {name}", f"{SEARCH}?{urlencode(query)}", sorts=PAGE, whole=whole)
    first = f"{SEARCH}?{urlencode({'q': COMMON, 'limit': 3})}"
    yield Hot("search, later", following(first, 3), sorts=PAGE, whole=PLANNED)
