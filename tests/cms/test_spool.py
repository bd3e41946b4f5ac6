"""A pile larger than what is held in memory comes down in order."""

from cms import clock
from cms.changes import Told
from cms.ids import uuid7
from cms.spool import Spool


def test_many_runs_are_merged_in_the_order_of_their_key_and_equal_ones_in_that_of_coming():
    with Spool[tuple[int, int]](key=lambda pair: pair[0], run=7, unpack=tuple) as spool:
        for place in range(100):
            spool.append((place * 37 % 10, place))
        assert len(spool) == 100
        assert list(spool.in_order()) == sorted((place * 37 % 10, place) for place in range(100))


def test_a_change_of_the_past_is_itself_again():
    told = Told(clock.now(), "article.published", uuid7(), uuid7(), 3, ("article-1", "list-en"))
    bare = Told(clock.now(), "catalogue.changed", uuid7(), None, None, ())
    with Spool[Told](key=lambda one: one.at, pack=Told.packed, unpack=Told.unpacked) as spool:
        spool.append(bare)
        spool.append(told)
        assert sorted(spool.in_order()) == sorted([told, bare])


def test_an_empty_one_gives_nothing():
    with Spool[int](key=abs) as spool:
        assert list(spool.in_order()) == []
