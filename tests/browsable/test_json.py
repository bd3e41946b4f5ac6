"""Answers as JSON bytes."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest

from cms.renderers import Json, encode


def test_bytes_go_out_untouched_and_none_is_nothing() -> None:
    assert Json().render(b'{ "a":1}') == b'{ "a":1}'
    assert Json().render(None) == b""


def test_instants_are_utc_with_z() -> None:
    noon = datetime(2026, 3, 1, 13, tzinfo=timezone(timedelta(hours=1)))
    assert encode([noon, datetime(2026, 3, 1, 12, 0, 0, 5000, tzinfo=UTC), date(2026, 3, 1)]) == (
        b'["2026-03-01T12:00:00Z","2026-03-01T12:00:00.005000Z","2026-03-01"]'
    )


def test_other_values_have_one_form() -> None:
    value = [UUID(int=0), Decimal("1.10"), {"b", "a"}, "é\u2028<"]
    assert encode(value).decode() == ('["00000000-0000-0000-0000-000000000000","1.10",["a","b"],"é\u2028<"]')


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), b"bytes inside"])
def test_what_json_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        encode({"x": value})
