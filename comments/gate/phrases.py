"""Finding phrases of several words in a list of words, in one pass whatever the number of phrases."""

from collections.abc import Iterator

from comments.gate.folding import Word


class Phrases:
    """A fixed set of phrases, separated by commas, in folded form: lower case, no marks, no apostrophes."""

    def __init__(self, phrases: str) -> None:
        self._known = frozenset(tuple(phrase.split()) for phrase in phrases.split(","))
        self._lengths = sorted({len(phrase) for phrase in self._known}, reverse=True)

    def find(self, words: list[Word]) -> Iterator[tuple[int, int]]:
        """Spans `(first, after)` in `words`; at one place the longest phrase only."""
        texts = [word.text for word in words]
        for first in range(len(texts)):
            for length in self._lengths:
                phrase = tuple(texts[first : first + length])
                if phrase in self._known:
                    yield first, first + len(phrase)
                    break


def span_of(words: list[Word], first: int, after: int) -> tuple[int, int]:
    """The span in the original text of the words `first` to `after` (exclusive)."""
    return words[first].span[0], words[after - 1].span[1]
