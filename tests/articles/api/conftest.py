"""The magazine as a whole, for tests in which its locales matter."""

import pytest

from cms.models import Site


@pytest.fixture
def site(db: None) -> Site:
    return Site.objects.create(name="Kintsugi", default_locale="en", locales=["en", "fr", "de"])
