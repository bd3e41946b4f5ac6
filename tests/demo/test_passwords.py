"""The demonstration's passwords: asked for, or made once and kept where only their owner reads them."""

import stat

import pytest

from articles.demo import accounts
from cms import people


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.DEMO_PASSWORD = ""


def test_nobody_knows_any_before_the_first_start():
    assert accounts.chosen_passwords() is None


def test_kept_passwords_are_read_again_and_only_by_their_owner():
    made = accounts.new_passwords()
    accounts.keep(made)

    assert accounts.kept_passwords() == made
    assert accounts.chosen_passwords() == made
    assert stat.S_IMODE(accounts.file_of_passwords().stat().st_mode) == 0o600


def test_made_passwords_differ():
    assert len(set(accounts.new_passwords().values())) == len(accounts.ROLE_OF)


def test_one_password_can_be_fixed_for_all(settings):
    accounts.keep(accounts.new_passwords())
    settings.DEMO_PASSWORD = "with spaces, too"

    assert accounts.chosen_passwords() == dict.fromkeys(accounts.ROLE_OF, "with spaces, too")
    accounts.keep(accounts.chosen_passwords())
    assert accounts.kept_passwords() == accounts.chosen_passwords()


def test_a_file_that_lacks_somebody_counts_as_none():
    accounts.keep({"author": "secret"})

    assert accounts.kept_passwords() is None


@pytest.mark.django_db
def test_new_passwords_replace_the_old():
    user = people.create_user(username="author", password="the old password")

    accounts.set_passwords({"author": "the new password"})

    user.refresh_from_db()
    assert user.check_password("the new password")
