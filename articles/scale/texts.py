"""Bodies of made-up articles: families of texts whose members differ by a paragraph, as revisions do. Pure."""

from dataclasses import dataclass
from random import Random

from articles.markdown import carry_ids
from articles.scale.words import VOCABULARIES, Vocabulary

SECTIONS, PARAGRAPHS, SENTENCES = 5, 2, 4
MEMBERS = 4


@dataclass(frozen=True)
class Text:
    """Markdown of about 600 words, with the ids of its blocks."""

    source: str
    block_ids: tuple[str, ...]


def family(chance: Random, locale: str) -> tuple[Text, ...]:
    """`MEMBERS` texts, each the one before with a paragraph written anew; the ids of its blocks are carried along."""
    words = VOCABULARIES[locale]
    blocks = _blocks(chance, words)
    members = [_first("\n\n".join(blocks) + "\n")]
    rewritten = chance.sample(
        [place for place, block in enumerate(blocks) if block[0] not in "#->"], MEMBERS - 1
    )
    for place in rewritten:
        blocks[place] = paragraph(chance, words)
        members.append(_after(members[-1], "\n\n".join(blocks) + "\n"))
    return tuple(members)


def paragraph(chance: Random, words: Vocabulary, sentences: int = SENTENCES) -> str:
    return " ".join(sentence(chance, words) for _ in range(sentences))


def sentence(chance: Random, words: Vocabulary) -> str:
    parts = [chance.choice(group) for group in (words.subjects, words.verbs, words.objects, words.ends)]
    if chance.random() < 0.5:
        parts[0] = f"{chance.choice(words.openings)}, {parts[0]}"
    said = " ".join(parts)
    return f"{said[0].upper()}{said[1:]}."


def _blocks(chance: Random, words: Vocabulary) -> list[str]:
    blocks = [paragraph(chance, words)]
    for heading in chance.sample(words.headings, SECTIONS):
        blocks.append(f"## {heading}")
        blocks += [paragraph(chance, words) for _ in range(PARAGRAPHS)]
    blocks.insert(4, "\n".join(f"- {sentence(chance, words)}" for _ in range(3)))
    blocks.append(f"> {sentence(chance, words)}")
    return blocks


def _first(source: str) -> Text:
    return Text(source, tuple(carry_ids(source, previous_source=None, previous_ids=())))


def _after(previous: Text, source: str) -> Text:
    ids = carry_ids(source, previous_source=previous.source, previous_ids=previous.block_ids)
    return Text(source, tuple(ids))
