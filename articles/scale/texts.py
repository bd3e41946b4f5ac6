"""Bodies of made-up articles: families of texts whose members differ by a paragraph, as revisions do. Pure."""

from dataclasses import dataclass
from random import Random

from articles.markdown import carry_ids
from articles.scale.words import VOCABULARIES, Vocabulary

WORDS, SHORTEST = 600, 100
"""How many words a text has unless told otherwise, and at least."""

MEMBERS = 4
A_SENTENCE = 13
"""Words."""


@dataclass(frozen=True)
class Text:
    """Markdown, with the ids of its blocks."""

    source: str
    block_ids: tuple[str, ...]


def family(chance: Random, locale: str, number: int = WORDS) -> tuple[Text, ...]:
    """`MEMBERS` texts of about `number` words, each the one before with a paragraph written anew; the ids of its blocks
    are carried along.
    """
    words = VOCABULARIES[locale]
    outline = _outline(number)
    blocks = _blocks(chance, words, outline)
    members = [_first("\n\n".join(blocks) + "\n")]
    rewritten = chance.sample(
        [place for place, block in enumerate(blocks) if block[0] not in "#->"], MEMBERS - 1
    )
    for place in rewritten:
        blocks[place] = paragraph(chance, words, outline.sentences)
        members.append(_after(members[-1], "\n\n".join(blocks) + "\n"))
    return tuple(members)


def paragraph(chance: Random, words: Vocabulary, sentences: int) -> str:
    return " ".join(sentence(chance, words) for _ in range(sentences))


def sentence(chance: Random, words: Vocabulary) -> str:
    parts = [chance.choice(group) for group in (words.subjects, words.verbs, words.objects, words.ends)]
    if chance.random() < 0.5:
        parts[0] = f"{chance.choice(words.openings)}, {parts[0]}"
    said = " ".join(parts)
    return f"{said[0].upper()}{said[1:]}."


@dataclass(frozen=True)
class _Outline:
    """Sections with a heading, paragraphs in each, sentences in each of those, entries of the list."""

    sections: int
    paragraphs: int
    sentences: int
    listed: int


def _outline(number: int) -> _Outline:
    if number < WORDS // 2:
        return _Outline(1, 2, max(1, number // A_SENTENCE // 3), 0)
    sections = min(number // (WORDS // 5), 12)
    return _Outline(sections, 2, max(1, number // A_SENTENCE // (2 * sections + 1)), 3)


def _blocks(chance: Random, words: Vocabulary, outline: _Outline) -> list[str]:
    blocks = [paragraph(chance, words, outline.sentences)]
    for heading in chance.sample(words.headings, outline.sections):
        blocks.append(f"## {heading}")
        blocks += [paragraph(chance, words, outline.sentences) for _ in range(outline.paragraphs)]
    if outline.listed:
        blocks.insert(4, "\n".join(f"- {sentence(chance, words)}" for _ in range(outline.listed)))
    blocks.append(f"> {sentence(chance, words)}")
    return blocks


def _first(source: str) -> Text:
    return Text(source, tuple(carry_ids(source, previous_source=None, previous_ids=())))


def _after(previous: Text, source: str) -> Text:
    ids = carry_ids(source, previous_source=previous.source, previous_ids=previous.block_ids)
    return Text(source, tuple(ids))
