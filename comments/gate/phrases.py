"""Finding phrases of several words in a list of words: one pass, whatever the number of phrases and the text."""

from collections import deque
from collections.abc import Iterator

from comments.gate.folding import Word, Words


class Phrases:
    """A fixed set of phrases, separated by commas, in folded form: lower case, no marks, no apostrophes.

    An automaton over words (A. V. Aho and M. J. Corasick, "Efficient string matching", CACM 18(6), 1975): each word
    of a text is looked at once, and the words after it never again.
    """

    def __init__(self, phrases: str) -> None:
        self._next: list[dict[str, int]] = [{}]
        self._fallback: list[int] = [0]
        self._lengths: list[tuple[int, ...]] = [()]
        for phrase in phrases.split(","):
            self._add(phrase.split())
        self._link()
        self._known = frozenset(self._next[0])  # a text with none of the first words has none of the phrases

    def find(self, words: Words) -> Iterator[tuple[int, int]]:
        """Spans `(first, after)` in `words`, in order; at one place the longest phrase only."""
        if self._known.isdisjoint(words.vocabulary):
            return
        longest: dict[int, int] = {}
        for after, length in self._endings(words.texts):
            longest[after - length] = after
        yield from sorted(longest.items())

    def _endings(self, texts: list[str]) -> Iterator[tuple[int, int]]:
        """`(after, length)` of every phrase, in the order in which they end."""
        state, first_steps = 0, self._next[0]
        for place, text in enumerate(texts):
            state = self._step(state, text) if state else first_steps.get(text, 0)
            for length in self._lengths[state]:
                yield place + 1, length

    def _step(self, state: int, word: str) -> int:
        while state and word not in self._next[state]:
            state = self._fallback[state]
        return self._next[state].get(word, 0)

    def _add(self, phrase: list[str]) -> None:
        state = 0
        for word in phrase:
            if word not in self._next[state]:
                self._next[state][word] = len(self._next)
                self._next.append({})
                self._fallback.append(0)
                self._lengths.append(())
            state = self._next[state][word]
        if state:
            self._lengths[state] = (len(phrase),)

    def _link(self) -> None:
        """Breadth first: where to go on when a word does not fit, and which shorter phrases end here as well."""
        waiting = deque(self._next[0].values())
        while waiting:
            state = waiting.popleft()
            for word, following in self._next[state].items():
                waiting.append(following)
                self._fallback[following] = self._step(self._fallback[state], word)
                self._lengths[following] += self._lengths[self._fallback[following]]


def span_of(words: list[Word], first: int, after: int) -> tuple[int, int]:
    """The span in the original text of the words `first` to `after` (exclusive)."""
    return words[first].span[0], words[after - 1].span[1]
