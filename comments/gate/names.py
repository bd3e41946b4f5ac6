"""Names: a reply that seems to come from the site, from one who works for it, or from one whom it publishes.

Compared in the folded form, word by word in any order. Staff who post as themselves are left alone.
"""

from collections.abc import Iterator

from django.db.models import F, Q

from articles.content import folded
from articles.models.catalogue import CatalogueVersion
from cms.models import Site, User
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
    if _is_of_somebody(reply.author_name, said):
        yield _verdict("It gives the name of somebody who writes or works for this site.")
    elif _is_of_the_site(said):
        yield _verdict("It gives a name that sounds like the site itself, or like a role in it.")


def _is_of_somebody(name: str, said: list[str]) -> bool:
    """Whether the words, titles aside, are those of a person of the catalogue or of a user."""
    person = sorted(set(said) - _TITLES)
    return bool(person) and any(
        sorted(set(_words(known)) - _TITLES) == person for known in _names_like(name, said)
    )


def _names_like(name: str, said: list[str]) -> Iterator[str]:
    """Names that might be meant: an index over folded names is not worth its keep, so the longest word narrows them."""
    plain = max(folded(name).split() or [""], key=len)
    like = Q(item__search_key__contains=max(said, key=len)) | Q(item__search_key__contains=plain)
    heads = CatalogueVersion.objects.filter(like, item__kind="person", number=F("item__head_number"))
    yield from (str(head.document.get("name", "")) for head in heads[:MOST])
    users = User.objects.exclude(first_name="").exclude(last_name="").filter(is_active=True)
    yield from (f"{first} {last}" for first, last in users.values_list("first_name", "last_name"))


def _is_of_the_site(said: list[str]) -> bool:
    """A role, the site's own name, or both, and nothing else of weight."""
    site = Site.objects.filter(pk=1).values_list("name", flat=True).first() or ""
    own = set(_words(site))
    rest = set(said) - _FILLING
    is_site = bool(own) and own - _FILLING <= rest
    return bool(rest) and rest <= _ROLES | own and (is_site or bool(rest & _ROLES))


def _words(name: str) -> list[str]:
    return [with_letters_for_digits(word.text) for word in words(fold(name))]


def _verdict(explanation: str) -> Verdict:
    return Verdict("names", VERSION, 0.8, explanation)
