"""A Markdown source cut into its top-level blocks, so that joining the pieces gives the source again."""

from itertools import pairwise

from articles.markdown.syntax import parse, prepare


def chunks(source: str) -> list[str]:
    """The source, with one kind of line ending, as one piece a block; blank lines belong to the piece before.

    Raises BodyTooLongError.
    """
    prepared, _ = prepare(source)
    if not prepared:
        return []
    lines = prepared.split("\n")  # as the parser counts them; `splitlines` knows more ends of lines
    lines = [*(f"{line}\n" for line in lines[:-1]), *([lines[-1]] if lines[-1] else [])]
    tokens, _ = parse(prepared)
    starts = sorted({token.map[0] for token in tokens if token.level == 0 and token.map})
    bounds = [0, *(start for start in starts[1:] if start < len(lines)), len(lines)]
    return ["".join(lines[begin:end]) for begin, end in pairwise(bounds)]
