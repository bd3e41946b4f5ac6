"""An article with a long past, one text of which should not be read any more."""

import pytest

from articles.models import Article
from cms.models import User
from tests.articles.suppression.histories import article_with_a_secret


@pytest.fixture
def article(author: User) -> Article:
    """A first version with a secret, the second without it; the second is public."""
    return article_with_a_secret(author)
