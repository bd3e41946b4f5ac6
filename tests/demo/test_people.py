"""Making users and giving them roles."""

import pytest

from cms import people, roles

pytestmark = pytest.mark.django_db


def test_a_user_has_the_roles_they_were_given():
    user = people.create_user(
        username="ada", password="a long enough one", roles=[roles.EDITOR, roles.REVIEWER]
    )

    assert roles.roles_of(user) == {roles.EDITOR, roles.REVIEWER}
    assert user.check_password("a long enough one")


def test_roles_replace_those_before_and_leave_other_groups_alone(django_user_model):
    user = people.create_user(username="ada", password="a long enough one", roles=[roles.EDITOR])
    others = user.groups.create(name="newsletter")

    people.assign_roles(user, [roles.MODERATOR])

    assert set(user.groups.values_list("name", flat=True)) == {others.name, roles.MODERATOR}
    assert roles.roles_of(user) == {roles.MODERATOR}


def test_an_unknown_role_is_refused():
    with pytest.raises(ValueError, match="no role 'publisher'"):
        people.create_user(username="ada", password="a long enough one", roles=["publisher"])


def test_nobody_can_be_a_user_without_a_password():
    user = people.create_user(username="byline", password=None)

    assert not user.is_active
    assert not user.has_usable_password()


def test_only_active_users_are_found_by_role():
    people.create_user(username="closed", password=None, roles=[roles.ADMINISTRATOR])
    ada = people.create_user(username="ada", password="a long enough one", roles=[roles.ADMINISTRATOR])

    assert people.with_role(roles.ADMINISTRATOR) == [ada]
