"""Clients that speak to the small views of this folder, which the API's document does not know."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from cms.models import User


@pytest.fixture
def somebody(request: pytest.FixtureRequest) -> Callable[[str], User]:
    """The user of a role."""
    return request.getfixturevalue


@pytest.fixture
def token_of(somebody: Callable[[str], User], token_for: Callable[..., str]) -> Callable[..., str]:
    """A fresh token of a role's user, narrowed to scopes when they are named."""
    return lambda role, *scopes: token_for(somebody(role), *scopes)


@pytest.fixture
def client() -> APIClient:
    return APIClient()


@pytest.fixture
def desk(client: APIClient, token_of: Callable[..., str]) -> APIClient:
    """An editor's client."""
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token_of('editor')}")
    return client
