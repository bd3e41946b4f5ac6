"""Keeping the index: in the transaction that writes a publication, and again from stored documents when asked to.

The index is a superset of what is live: it holds what lies ahead as well, and what has just ended until it is swept.
Reading judges by intervals, so truth never rests on it.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from articles.models.publication import Publication
from articles.models.search import SearchSpelling, SearchText
from articles.searching.base import EVERYTHING
from articles.searching.choosing import full_text
from articles.searching.documents import Tokens, taken_apart, texts_of, tokens_of, traits_of
from articles.searching.spelling import forms, may_be_misspelt
from articles.searching.words import ANALYSIS
from cms import clock

_BITS = 24
"""Seconds up to the year 9999 take 38 of the 62 bits that both databases have for a number and its sign."""


def add(rows: Iterable[tuple[Publication, bytes]]) -> None:
    """Index publications with their stored documents; those that are not live, or over, are passed by."""
    now = clock.now()
    kept = [(row, body) for row, body in rows if row.state == "live" and row.effective_until > now]
    if not kept:
        return
    ids = _free_ids([row for row, _ in kept])
    made = [_made(id_, row, body) for id_, (row, body) in zip(ids, kept, strict=True)]
    full_text().write(made)
    _learn(set().union(*(tokens.vocabulary for _, tokens in made)))


def sweep(over: QuerySet) -> None:
    """What of these publications is in the index leaves it."""
    SearchText.objects.filter(publication__in=over).delete()


def drop(publication_ids: Sequence[UUID]) -> None:
    """These publications are not searched any more."""
    SearchText.objects.filter(publication__in=publication_ids).delete()


def forget(publications: QuerySet) -> None:
    """Nothing of these publications is left: neither texts nor tokens nor words that no other text has."""
    renderings = publications.exclude(rendering=None).values_list("rendering__body", "locale").distinct()
    words: set[str] = set()
    for body, locale in renderings.iterator():
        words |= _vocabulary(bytes(body), locale)
    SearchText.objects.filter(publication__in=publications).delete()
    full_text().vacate()
    SearchSpelling.objects.filter(word__in=_unheard(words)).delete()
    transaction.on_commit(taken_apart.cache_clear)


def renew(publications: Sequence[Publication]) -> None:
    """Index these publications anew. The caller holds them, and their renderings with them."""
    SearchText.objects.filter(publication__in=[row.pk for row in publications]).delete()
    add((row, bytes(row.rendering.body)) for row in publications if row.rendering)


def is_outdated() -> bool:
    """Whether an earlier release took texts apart in another way: then filters and words may miss them."""
    return SearchText.objects.filter(analysis__lt=ANALYSIS).exists()


def renew_missing(after: UUID | None, limit: int) -> list[UUID]:
    """Index the next publications that are not indexed, or were in another way, in the order of their ids."""
    return _renew_next(Q(search_text=None) | Q(search_text__analysis__lt=ANALYSIS), after, limit)


def renew_all(after: UUID | None, limit: int) -> list[UUID]:
    """Index the next publications anew, whatever the index has of them. Returns their ids."""
    return _renew_next(Q(), after, limit)


@transaction.atomic
def _renew_next(which: Q, after: UUID | None, limit: int) -> list[UUID]:
    rows = Publication.objects.filter(which, state="live", effective_until__gt=clock.now())
    rows = rows.filter(pk__gt=after) if after else rows
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:limit])
    held = Publication.objects.select_for_update(of=("self",)).select_related("rendering")
    renew(list(held.filter(pk__in=ids)))
    return ids


@transaction.atomic
def tidy(now: datetime) -> int:
    """Drop what is over, and spellings of words that no text has any more. Returns how many texts went."""
    dropped, _ = SearchText.objects.filter(publication__effective_until__lte=now).delete()
    known = SearchSpelling.objects.filter(key=F("word")).values_list("word", flat=True).distinct()
    SearchSpelling.objects.filter(word__in=_unheard(set(known))).delete()
    return dropped


def _vocabulary(body: bytes, locale: str) -> set[str]:
    return tokens_of(texts_of(json.loads(body)), locale).vocabulary if body else set()


def _made(id_: int, row: Publication, body: bytes) -> tuple[SearchText, Tokens]:
    document = json.loads(body)
    texts = texts_of(document)
    text = SearchText(
        id=id_,
        publication=row,
        locale=row.locale,
        kind=row.article_kind,
        analysis=ANALYSIS,
        **vars(texts),
    )
    topics = [topic["slug"] for topic in document["topics"]]
    return text, tokens_of(
        texts, row.locale, traits_of(locale=row.locale, kind=row.article_kind, topics=topics)
    )


def _free_ids(rows: list[Publication]) -> list[int]:
    """By second of publication, then by bits of the publication's id; the next free number where two meet."""
    wanted = [
        (int(row.published_at.timestamp()) << _BITS) + (row.pk.int & ((1 << _BITS) - 1)) for row in rows
    ]
    taken = set(SearchText.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    for place, id_ in enumerate(wanted):
        while id_ in taken:
            id_ += 1
            if SearchText.objects.filter(pk=id_).exists():
                taken.add(id_)
        wanted[place] = id_
        taken.add(id_)
    return wanted


def _learn(words: set[str]) -> None:
    """Spellings of words that are new. Two at once may both write one: readers take them for one."""
    words = set(filter(may_be_misspelt, words))
    known = SearchSpelling.objects.filter(key__in=words, word=F("key")).values_list("word", flat=True)
    new = sorted(words.difference(known))
    SearchSpelling.objects.bulk_create(
        [SearchSpelling(key=form, word=word) for word in new for form in sorted(forms(word))], batch_size=2000
    )


def _unheard(words: set[str]) -> list[str]:
    """Those of the words that no indexed text has."""
    candidates = sorted(filter(may_be_misspelt, words))
    unheard: list[str] = []
    having = full_text().having_word("w.word", EVERYTHING)
    for begin in range(0, len(candidates), 500):
        part = candidates[begin : begin + 500]
        marks = ", ".join(["%s"] * len(part))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT DISTINCT w.word FROM articles_searchspelling w WHERE w.word IN ({marks}) "
                f"AND NOT EXISTS (SELECT 1 {having.sql})",
                part,
            )
            unheard += [word for (word,) in cursor.fetchall()]
    return unheard
