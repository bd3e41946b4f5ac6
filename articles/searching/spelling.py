"""How words may be misspelt: forms that lack letters find them (SymSpell's idea), a distance judges them."""

LEAST, MOST = 4, 20
"""Letters of a word that is looked after."""

LONG = 7  # letters from which on two slips are likelier than another word


def may_be_misspelt(word: str) -> bool:
    """ASCII letters only, once folded; numbers and very short words have no spelling."""
    return LEAST <= len(word) <= MOST and word.isascii() and word.isalpha()


def forms(word: str) -> set[str]:
    """The word, and the word without any one of its letters."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def forms_sought(word: str) -> set[str]:
    """The forms under which what was meant may stand: a long word is sought without two letters as well."""
    found = forms(word)
    return found.union(*map(forms, found)) if len(word) >= LONG else found


def slips_allowed(word: str) -> int:
    return 2 if len(word) >= LONG else 1


def distance(one: str, other: str) -> int:
    """Letters put in, left out, mistaken or swapped with the next (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row, earlier = row, [i], before
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        before = last
    return row[-1]
