"""In which languages a text may be: only to choose lists of phrases, and all of them when in doubt.

Checks for crises and sellers never ask: they look at every list.
"""

from collections.abc import Iterator, Mapping

from comments.gate.folding import Words
from comments.gate.phrases import Phrases

FEWEST = 8  # words below which nothing is guessed
SHARE = 0.05  # of the words, from which on a language is taken to be there

_COMMON = {
    "en": frozenset(
        "the and to of i is it that in you was for with my on this have not are be but they she he we at as".split()
    ),
    "fr": frozenset(
        "le la les de des et je est que un une en pas pour dans qui ce mais vous nous il elle sur avec du au"
        " jai".split()
    ),
}


def languages(words: Words) -> frozenset[str]:
    """A subset of `en` and `fr`, never empty."""
    if len(words) >= FEWEST:
        texts = [word.text for word in words]
        spoken = {name for name, common in _COMMON.items() if _share(texts, common) >= SHARE}
        if spoken:
            return frozenset(spoken)
    return frozenset(_COMMON)


def find(lists: Mapping[str, Phrases], words: Words) -> Iterator[tuple[int, int]]:
    """What the lists of the text's languages find, language by language."""
    for name in sorted(languages(words)):
        yield from lists[name].find(words)


def _share(texts: list[str], common: frozenset[str]) -> float:
    return sum(text in common for text in texts) / len(texts)
