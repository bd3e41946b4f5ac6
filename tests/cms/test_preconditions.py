"""The tag that a writer had read against the current one."""

import pytest

from cms.errors import PreconditionFailed
from cms.preconditions import IfMatch


def test_the_current_tag_is_accepted_among_several():
    IfMatch(('"r6-12"', '"r7-31"')).require('"r7-31"')


def test_another_tag_is_stale_and_the_error_names_the_current_one():
    with pytest.raises(PreconditionFailed) as caught:
        IfMatch(('"r7-30"',)).require('"r7-31"')
    assert caught.value.code == "stale"
    assert caught.value.extra == {"current_etag": '"r7-31"'}


def test_saving_compares_the_head_revision_only():
    IfMatch(('"r7-31"',)).require_head('"r7-40"')


@pytest.mark.parametrize("sent", ['"r6-31"', '"r70-31"', '"r"', '""'])
def test_saving_on_another_head_is_stale(sent):
    with pytest.raises(PreconditionFailed):
        IfMatch((sent,)).require_head('"r7-31"')
