"""A violated constraint has one name on both databases, and means what was registered for it."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from cms.constraints import meaning_of, register_constraints, violated
from cms.errors import WrongState
from cms.ids import uuid7
from cms.models import AuditEntry, Permit, Site

pytestmark = pytest.mark.django_db
SUBJECT = uuid.UUID("0190e0a0-0000-7000-8000-000000000000")


def violation(work):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        work()
    return caught.value


def twice():
    for _ in range(2):
        Permit.objects.create(kind="purge", subject=SUBJECT)


def test_a_unique_constraint_is_named():
    assert violated(violation(twice)) == "permit_unique"


def test_a_check_constraint_is_named():
    assert violated(violation(lambda: Site.objects.create(id=2, name="second"))) == "site_single_row"


def test_a_trigger_is_named():
    entry = AuditEntry.objects.create(
        at="2026-03-01T12:00:00Z", verb="x", subject_type="x", subject=uuid7(), detail={}
    )
    assert violated(violation(entry.delete)) == "cms_auditentry_append_only"


def test_a_constraint_without_a_registered_meaning_has_none():
    assert meaning_of(violation(lambda: Site.objects.create(id=2, name="second"))) is None


def test_a_registered_constraint_means_an_error_of_the_domain():
    register_constraints({"permit_unique": lambda: WrongState("There is one already.")})
    assert isinstance(meaning_of(violation(twice)), WrongState)
