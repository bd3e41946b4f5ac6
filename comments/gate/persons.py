"""Whom a word is about: the nearest person named before it in the same sentence. A guess, in one pass."""

from comments.gate.folding import Word, Words

WRITER, READER, SOMEBODY, NOBODY = "writer", "reader", "somebody", "nobody"
REACH = 10  # words for which a person stays in mind

_WRITER = frozenset("i im ive id ill my me myself je jai jetais jy mon ma mes moi".split())
_READER = frozenset(
    "you youre your yours u ur yourself youve youd youll tu vous toi ton ta tes votre vos te".split()
)
_SOMEBODY = frozenset(
    "he she they him her his hers their theirs them himself herself themselves hes shes theyre someone somebody"
    " people persons person others friend friends brother brothers sister sisters mother mom mum mums moms father"
    " dad wife husband boyfriend girlfriend ex daughter son cousin uncle aunt guy girl man woman kid kids child"
    " children anyone everyone anybody who patient patients veterans teenagers teens il elle ils elles lui leur"
    " leurs sa ses quelquun gens ami amie amis frere soeur mere pere mari femme fils fille".split()
)
_ENDS = frozenset(".!?…\n;")


def meant_at(words: Words, text: str) -> list[str]:
    """For each word one of WRITER, READER, SOMEBODY, NOBODY: who was named last, at or before it."""
    meant, who, since, end = [], NOBODY, 0, 0
    for word in words:
        since += 1
        if since > REACH or not _ENDS.isdisjoint(text[end : word.span[0]]):
            who = NOBODY
        named = _named(word.text)
        if named:
            who, since = named, 0
        meant.append(who)
        end = word.span[1]
    return meant


def names_the_writer(word: Word) -> bool:
    return word.text in _WRITER


def _named(word: str) -> str | None:
    if word in _WRITER:
        return WRITER
    if word in _READER:
        return READER
    return SOMEBODY if word in _SOMEBODY else None
