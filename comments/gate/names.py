"""Names: a reply that seems to come from the site, from one who works for it, or from one whom it publishes.

Compared in the folded form, word by word in any order. Staff who post as themselves are left alone.
"""

import json
from collections.abc import Iterable, Iterator
from itertools import chain

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import StrIndex

from articles.content import folded
from articles.models.catalogue import CatalogueVersion
from cms.models import Site, User
from cms.prepared import PreparedQuery
from comments.gate import Reply, Verdict
from comments.gate.folding import fold, with_letters_for_digits, words

VERSION = 1
MOST = 200  # names that are compared

_ROLES = frozenset(
    "moderator moderators moderation mod mods editor editors editorial editress administrator administrators "
    "administration admin admins staff team support reviewer reviewers webmaster official doctor dr physician "
    "therapist counsellor counselor nurse modo moderateur moderatrice moderateurs redaction redacteur redactrice "
    "equipe administrateur administratrice officiel officielle docteur medecin therapeute infirmiere infirmier".split()
)
_FILLING = frozenset(
    "the a an of our your site website page magazine blog and chief in at la le les l de du des d un une notre votre "
    "et en chef".split()
)
_TITLES = frozenset("dr doctor prof professor docteur professeur mr mrs ms mx m mme mlle sir".split())


def check(reply: Reply) -> Iterator[Verdict]:
    said = _words(reply.author_name)
    if reply.is_staff or not said:
        return
    ours = _OURS.all()
    if _is_of_somebody(said, chain(_persons_like(reply.author_name, said), _users_of(ours))):
        yield _verdict("It gives the name of somebody who writes or works for this site.")
    elif _is_of_the_site(said, _name_of(ours)):
        yield _verdict("It gives a name that sounds like the site itself, or like a role in it.")


def _is_of_somebody(said: list[str], names: Iterable[str]) -> bool:
    """Whether the words, titles aside, are those of a person of the catalogue or of a user."""
    person = sorted(set(said) - _TITLES)
    return bool(person) and any(sorted(set(_words(known)) - _TITLES) == person for known in names)


def _persons_like(name: str, said: list[str]) -> Iterator[str]:
    """Names that might be meant: an index over folded names is not worth its keep, so the longest word narrows them."""
    longest = max(said, key=len)
    plain = max(folded(name).split() or [longest], key=len)
    for (content,) in _PERSONS.all(longest=longest, plain=plain):
        yield str(json.loads(bytes(content)).get("name", ""))


def _persons(longest: str, plain: str) -> QuerySet:
    heads = CatalogueVersion.objects.filter(item__kind="person", number=F("item__head_number"))
    key = "item__search_key"
    places = heads.alias(as_said=StrIndex(key, Value(longest)), as_kept=StrIndex(key, Value(plain)))
    return places.filter(Q(as_said__gt=0) | Q(as_kept__gt=0)).values_list("content")[:MOST]


def _ours() -> QuerySet:
    """First and last names of users, and beside them the name of the site, which has no last one."""
    named = User.objects.filter(is_active=True).exclude(first_name="").exclude(last_name="")
    site = Site.objects.filter(pk=1).values_list("name", Value(""))
    return named.values_list("first_name", "last_name").union(site, all=True)


def _users_of(ours: list[tuple[str, str]]) -> list[str]:
    return [f"{first} {last}" for first, last in ours if last]


def _name_of(ours: list[tuple[str, str]]) -> str:
    return next((name for name, last in ours if not last), "")


_PERSONS = PreparedQuery(_persons, {"longest": "a-longest-word", "plain": "a-plain-word"})
_OURS = PreparedQuery(_ours, {})


def _is_of_the_site(said: list[str], name: str) -> bool:
    """A role, the site's own name, or both, and nothing else of weight."""
    own = set(_words(name))
    rest = set(said) - _FILLING
    is_site = bool(own) and own - _FILLING <= rest
    return bool(rest) and rest <= _ROLES | own and (is_site or bool(rest & _ROLES))


def _words(name: str) -> list[str]:
    return [with_letters_for_digits(word.text) for word in words(fold(name))]


def _verdict(explanation: str) -> Verdict:
    return Verdict("names", VERSION, 0.8, explanation)
