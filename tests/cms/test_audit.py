"""The audit says who did what; somebody without an account is nobody."""

import pytest
from django.contrib.auth.models import AnonymousUser

from cms import clock
from cms.audit import record
from cms.ids import uuid7
from cms.models import AuditEntry

pytestmark = pytest.mark.django_db


def test_an_entry_names_who_and_what(somebody):
    subject = uuid7()
    record(verb="publish", subject_type="article", subject=subject, by=somebody("editor"), at=clock.now())
    entry = AuditEntry.objects.get()
    assert (entry.actor.username, entry.verb, entry.subject, entry.detail) == (
        "editor",
        "publish",
        subject,
        {},
    )


@pytest.mark.parametrize("by", [None, AnonymousUser()])
def test_a_reader_is_nobody_by_name(by):
    record(
        verb="submit", subject_type="comment", subject=uuid7(), by=by, at=clock.now(), detail={"number": 1}
    )
    assert AuditEntry.objects.get().actor is None
