"""Whether a text calls a person by name: whole words, seen through disguises as the gate sees through them.

A comparison of words. It knows neither nicknames nor misspelt names, and takes a namesake for the person.
"""

from collections.abc import Iterable, Iterator, Sequence

from comments.gate.folding import fold, words

LEAST_OF_A_NAME = 3  # letters
LEAST_OF_ITS_FIRST_WORD = 4
_ORDINARY = frozenset(
    "hello hiya hey dear good morning evening thank thanks thankyou many kind regards welcome sorry please yours"
    " sincerely anonymous anon anonymously nobody somebody someone anyone everyone guest reader visitor friend user"
    " name none unknown miss mister missus madam doctor professor sister brother father mother pastor nurse the and"
    " for you with just from this that your bonjour bonsoir salut merci coucou cher chere beaucoup cordialement"
    " bienvenue pardon anonyme personne quelquun invite invitee lecteur lectrice ami amie madame monsieur"
    " mademoiselle docteur professeur soeur frere pere mere maitre une les des pour avec vous".split()
)
_BEFORE = ("", "d", "qu")
_AFTER = ("", "s")


def forms_of(names: Iterable[str]) -> Sequence[str]:
    """What to look for in folded words (`VersionPrivate.folded`): each name whole, and by its first word.

    Apostrophes are folded away there, so that "Anna's", "d'Anna" and "qu'Anna" are forms too. Names of fewer than
    three letters, first words of fewer than four, and words that greet or stand for anybody are left out.
    """
    said = {phrase for name in names for phrase in _called(words(fold(name)).texts)}
    return sorted(f" {before}{phrase}{after} " for phrase in said for before in _BEFORE for after in _AFTER)


def is_said(forms: Sequence[str], folded: str) -> bool:
    """Whether folded words, with single spaces between and around them, hold one of the forms."""
    return any(form in folded for form in forms)


def _called(name: Sequence[str]) -> Iterator[str]:
    if _letters("".join(name)) >= LEAST_OF_A_NAME and not _ORDINARY.issuperset(name):
        yield " ".join(name)
    if name and _letters(name[0]) >= LEAST_OF_ITS_FIRST_WORD and name[0] not in _ORDINARY:
        yield name[0]


def _letters(word: str) -> int:
    return sum(map(str.isalpha, word))
