"""People by role, clients that speak for them, and the clock that can be set ahead.

Which database and which settings the suite runs on is chosen earlier, in `tests/environment/plugin.py`.
"""

import gc
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import pytest_django
from django.conf import settings
from django.contrib.contenttypes.management import create_contenttypes
from django.db import connection
from django.db.models.signals import post_migrate
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from cms import addresses, clock, triggers
from cms.models import ApiToken, User
from tests import middleware
from tests.builders import a_user
from tests.client import ApiClient
from tests.security.writes import Write, every_write

# How long an example takes says how busy the machine is, and no more.
hypothesis_settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("untimed")

LONGEST = (
    "tests/security/test_bad_bodies.py",
    "tests/security/test_planted.py",
    "tests/articles/machine/",
    "tests/load/",
    "tests/demo/",
    "tests/environment/",
)
"""Begun first, so that at the end of a run no worker waits long for another."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


def pytest_collection_finish() -> None:
    """What was loaded lives as long as the process: the collector looks through the rest only, and more rarely."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


@pytest.fixture(scope="session", autouse=True)
def folder_of_static_files() -> None:
    """WhiteNoise warns of a folder that is not there, and warnings are errors; files come from the finders."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """A hash that costs nothing: what is tested is who may enter, not how long a guess takes."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session", autouse=True)
def one_chain_of_middleware() -> None:
    middleware.share()


@pytest.fixture(scope="session")
def no_permissions_of_django() -> None:
    """Nothing here asks for Django's own permissions, and every flush would write hundreds of rows of them again."""
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    post_migrate.disconnect(create_contenttypes)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, no_permissions_of_django: None
) -> None:
    """SQLite in a file: in memory, which is Django's choice, connections share a cache and lock each other out."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = f"{connection.settings_dict['NAME']}.test"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> None:
    """Without the table of knox's own token model, which nothing uses: a flush leaves it out and trips over it."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS knox_authtoken")


def _commits(request: pytest.FixtureRequest) -> bool:
    """Whether a test's transactions are real ones, which other connections see."""
    marker = request.node.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(request.fixturenames)
    return bool(asked or (marker and marker.kwargs.get("transaction")))


@pytest.fixture(autouse=True)
def rules_of_the_database(request: pytest.FixtureRequest) -> Iterator[None]:
    """What the database holds is judged at once in tests that never commit, and makes way when a test's rows go."""
    if _commits(request):
        request.getfixturevalue("transactional_db")
        addresses.address_digest(
            "::", clock.now().date()
        )  # asks for the day's key, which no test shall count
        yield
        triggers.remove(connection)  # the flush that follows sends post_migrate, which makes them again
        return
    if request.node.get_closest_marker("django_db") or "db" in request.fixturenames:
        request.getfixturevalue("db")
        addresses.address_digest("::", clock.now().date())
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS kt_publication_commits_in_time IMMEDIATE")
    yield


@pytest.fixture
def leaping_clock() -> Iterator[None]:
    """Whoever would wait sets the application's clock ahead instead: for tests of one thread and one process."""
    before = clock.shift()
    clock.set_pause(clock.go_ahead)
    yield
    clock.set_pause(time.sleep)
    clock.set_shift(before)


@pytest.fixture(autouse=True)
def nobody_waits_alone(request: pytest.FixtureRequest) -> None:
    """What never commits cannot be seen by anybody else; tests that do commit ask for `leaping_clock` by name."""
    if not _commits(request):
        request.getfixturevalue("leaping_clock")


@pytest.fixture
def author(db: None) -> User:
    return a_user("author", "author")


@pytest.fixture
def author2(db: None) -> User:
    return a_user("author2", "author")


@pytest.fixture
def editor(db: None) -> User:
    return a_user("editor", "editor")


@pytest.fixture
def reviewer(db: None) -> User:
    return a_user("reviewer", "reviewer")


@pytest.fixture
def moderator(db: None) -> User:
    return a_user("moderator", "moderator")


@pytest.fixture
def administrator(db: None) -> User:
    return a_user("administrator", "administrator")


@pytest.fixture
def stranger(db: None) -> User:
    """Somebody who can sign in and has no role."""
    return a_user("stranger")


@pytest.fixture
def token_for(db: None) -> Callable[..., str]:
    """A fresh token of a user, narrowed to scopes when they are named."""

    def make(user: User, *scopes: str) -> str:
        secret: str = ApiToken.objects.create(user=user, name="test", scopes=list(scopes))[1]
        return secret

    return make


@pytest.fixture
def speaking_for(token_for: Callable[..., str]) -> Callable[..., ApiClient]:
    """A client with a token of a user, narrowed to scopes when they are named."""

    def make(user: User, *scopes: str) -> ApiClient:
        return ApiClient(token=token_for(user, *scopes))

    return make


@pytest.fixture
def browser_of() -> Callable[[User | None], Client]:
    """A browser: takes pages, holds a session, and its CSRF tokens are judged. None is somebody signed out."""

    def make(user: User | None) -> Client:
        client = Client(enforce_csrf_checks=True, headers={"accept": "text/html,*/*;q=0.8"})
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return make


@pytest.fixture
def api() -> ApiClient:
    """Anybody."""
    return ApiClient()


@pytest.fixture
def as_author(author: User, speaking_for: Callable[..., ApiClient]) -> ApiClient:
    return speaking_for(author)


@pytest.fixture
def as_author2(author2: User, speaking_for: Callable[..., ApiClient]) -> ApiClient:
    return speaking_for(author2)


@pytest.fixture
def as_editor(editor: User, speaking_for: Callable[..., ApiClient]) -> ApiClient:
    return speaking_for(editor)


@pytest.fixture
def as_reviewer(reviewer: User, speaking_for: Callable[..., ApiClient]) -> ApiClient:
    return speaking_for(reviewer)


@pytest.fixture
def as_moderator(moderator: User, speaking_for: Callable[..., ApiClient]) -> ApiClient:
    return speaking_for(moderator)


@pytest.fixture
def as_administrator(administrator: User, speaking_for: Callable[..., ApiClient]) -> ApiClient:
    return speaking_for(administrator)


@pytest.fixture
def as_stranger(stranger: User, speaking_for: Callable[..., ApiClient]) -> ApiClient:
    return speaking_for(stranger)


@pytest.fixture
def travel() -> Iterator[Callable[[float], datetime]]:
    """Set the application's clock further ahead by some seconds; returns its now. Back again after the test."""

    def go(seconds: float) -> datetime:
        clock.go_ahead(seconds)
        return clock.now()

    yield go
    clock.set_shift(timedelta(0))


@pytest.fixture
def at_time(travel: Callable[[float], datetime]) -> Callable[[datetime], None]:
    """Set the application's clock to an instant that lies ahead of it."""

    def go(instant: datetime) -> None:
        travel((instant - clock.now()).total_seconds())

    return go


@pytest.fixture
def writes(
    speaking_for: Callable[..., ApiClient],
    author: User,
    editor: User,
    reviewer: User,
    moderator: User,
    administrator: User,
) -> list[Write]:
    """Every write that the API knows, by whoever may: see `tests.security.writes`."""
    people = {
        "author": author,
        "editor": editor,
        "reviewer": reviewer,
        "moderator": moderator,
        "administrator": administrator,
    }
    browser = ApiClient()
    browser.force_login(author, backend="django.contrib.auth.backends.ModelBackend")
    return every_write(speaking_for, people, browser)
