"""The rendered body of a revision, remembered: a publish renders before its transaction and finds it inside."""

from functools import lru_cache

from articles.markdown import Rendered, labels_for, render


@lru_cache(maxsize=256)
def body_of(source: str, block_ids: tuple[str, ...], locale: str) -> Rendered:
    """`articles.markdown.render` with a bounded memory. The answer is shared: nobody may change it.

    Ids that an older grammar gave to another number of blocks are given up for new ones.
    """
    labels = labels_for(locale)
    try:
        return render(source, block_ids=block_ids or None, labels=labels)
    except ValueError:
        return render(source, labels=labels)
