"""Where a text points: to articles that can be read, and never to a seller."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from articles.checks import substances
from articles.checks.examined import BODY, Examined, Finding

SHELVES = frozenset(
    """
    shop store buy order orders cart checkout basket product products boutique magasin acheter commander panier
    produit produits
    """.split()
)
"""Words that, as a whole step of a path or a label of a host, mark a place where things are sold."""

VERBS = frozenset("buy order purchase acheter commander achat vente sale".split())
"""Words that, next to a substance's name, offer it for sale: `buy-mdma`, `mdma-for-sale`."""

PUBLIC_HOSTS = (".gov", ".edu", ".int", ".mil", ".europa.eu", ".gc.ca", ".nhs.uk", ".gouv.fr", ".ac.uk")
"""Ends of hosts of authorities and universities, whose shops give away what they print."""

_PUBLIC_SECOND_LEVEL = re.compile(r"\.(?:gov|edu|ac|govt)\.[a-z]{2}$")
_PARTS = re.compile(r"[a-z0-9]+")


def internal(examined: Examined) -> Iterator[Finding]:
    pointed = [(id_, BODY, examined.lines.get(id_)) for id_ in examined.body.article_links]
    pointed += [(id_, f"/related/{place}", None) for place, id_ in enumerate(examined.content["related"])]
    for id_, location, line in pointed:
        state = examined.linked.get(id_)
        if state is None:
            message = f"There is no article {id_}; the link leads nowhere."
            yield Finding("unknown_article", "error", message, location, line)
        elif state == "withdrawn":
            message = f"The article {id_} is withdrawn: readers meet a banner that says not to rely on it."
            yield Finding("withdrawn_article", "advice", message, location, line)
        elif state != "live":
            message = (
                f"The article {id_} cannot be read now ({state}); whoever follows the link is turned away."
            )
            yield Finding("unreadable_article", "warning", message, location, line)


def sellers(examined: Examined) -> Iterator[Finding]:
    for href in examined.body.external_links:
        if is_seller(href):
            message = "This link leads to a place that sells a substance. The site points at nobody who does."
            yield Finding("seller_link", "error", message, BODY, examined.lines.get(href))


def is_seller(href: str) -> bool:
    """Whether an address both names a substance and is a shop's, by its host and path alone."""
    try:
        parts = urlsplit(href.lower())
        host = parts.hostname or ""
    except ValueError:
        return False
    if host.endswith(PUBLIC_HOSTS) or _PUBLIC_SECOND_LEVEL.search(host):
        return False
    labels = [_PARTS.findall(label) for label in host.split(".")]
    steps = [_PARTS.findall(step) for step in f"{parts.path}/{parts.query}".replace("&", "/").split("/")]
    if not any(_names_substance(words) for words in (*labels, *steps)):
        return False
    return (
        any(_is_shelf(words) for words in steps)
        or any(_sells_by_name(words) for words in labels)
        or any(_offers(words) for words in (*labels, *steps))
    )


def _names_substance(words: list[str]) -> bool:
    return any(word in substances.PSYCHOACTIVE or _compound(word) for word in words)


def _compound(word: str) -> bool:
    """`buymdma`, `mdmashop`: a verb or a shelf grown together with a name."""
    for sold in (*VERBS, *SHELVES):
        rest = word.removeprefix(sold) if word.startswith(sold) else word.removesuffix(sold)
        if rest != word and rest.removesuffix("online") in substances.PSYCHOACTIVE:
            return True
    return False


def _is_shelf(words: list[str]) -> bool:
    return len(words) == 1 and (words[0] in SHELVES or _compound(words[0]))


def _sells_by_name(words: list[str]) -> bool:
    return any(word in SHELVES or _compound(word) for word in words)


def _offers(words: list[str]) -> bool:
    """A verb at the beginning, directly before a name; or a name with `for sale` behind it."""
    if words[:1] and words[0] in VERBS and substances.PSYCHOACTIVE & set(words[1:2]):
        return True
    return any(
        word in substances.PSYCHOACTIVE and words[place + 1 : place + 3] in (["for", "sale"], ["a", "vendre"])
        for place, word in enumerate(words)
    )
