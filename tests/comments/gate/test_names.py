"""Names that seem to come from the site are held, however they are dressed; other people's are left alone."""

import pytest

from cms.models import Site, User
from comments import gate
from comments.gate import Reply
from tests.builders import an_entry

pytestmark = pytest.mark.django_db


def found(name: str, **more: object) -> list[str]:
    ruling = gate.run(Reply("Thank you.", name, policy="publish", **more))
    return [verdict.explanation for verdict in ruling.verdicts if verdict.rule == "names"]


@pytest.fixture(autouse=True)
def site(db: None) -> None:
    Site.objects.create(name="Kintsugi Review", locales=["en"])
    an_entry("person", "hanneke-sorrel", name="Dr Hanneke Sørrel")
    an_entry("person", "olga-petrova", name="Ольга Петрова")
    User.objects.create_user(username="mara", first_name="Mara", last_name="Lund")


@pytest.mark.parametrize(
    "name",
    [
        "Hanneke Sorrel",
        "Dr. Hanneke Sørrel",
        "sorrel, HANNEKE",
        "H4nneke S0rrel",
        "Hаnneke Sоrrel",
        "H\u200banneke Sorrel",
        "Prof Hanneke Sorrel",
        "Ольга Петрова",
        "Mara Lund",
        "Lund Mara",
    ],
)
def test_the_name_of_somebody_of_the_site_is_held(name: str) -> None:
    assert found(name) == ["It gives the name of somebody who writes or works for this site."]


@pytest.mark.parametrize(
    "name",
    [
        "Moderator",
        "the m0derators",
        "ADMIN",
        "Site admin",
        "Kintsugi Review",
        "The Kintsugi Review team",
        "Kintsugi moderator",
        "Editor in chief",
        "La rédaction",
        "Équipe de modération",
        "Dr",
        "M o d e r a t o r",
    ],
)
def test_a_role_and_the_sites_own_name_are_held(name: str) -> None:
    assert found(name) == ["It gives a name that sounds like the site itself, or like a role in it."]


@pytest.mark.parametrize(
    "name",
    ["Pieter", "Hanneke", "Hanneke S.", "Mara", "Review", "Ed", "Moderato", "Joe Admin", "李 小龙", "☺", ""],
)
def test_other_names_are_left_alone(name: str) -> None:
    assert found(name) == []


def test_staff_who_post_as_themselves_are_left_alone() -> None:
    assert found("Hanneke Sorrel", is_staff=True) == []
