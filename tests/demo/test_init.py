"""`manage.py init`: a site of one's own, its first administrator, and keys that serve one purpose each."""

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article
from cms.models import Site, User
from cms.roles import ADMINISTRATOR, roles_of

pytestmark = pytest.mark.django_db

ANSWERS = {
    "SITE_NAME": "The Mended Bowl",
    "SITE_LOCALES": "fr, en",
    "SITE_CONTACT": "desk@example.org",
    "SITE_TIME_ZONE": "America/Toronto",
    "ADMIN_USERNAME": "ada",
    "ADMIN_EMAIL": "ada@example.org",
    "ADMIN_PASSWORD": "correct-horse-battery",
}


@pytest.fixture(autouse=True)
def answers(monkeypatch):
    for name, answer in ANSWERS.items():
        monkeypatch.setenv(name, answer)
    return monkeypatch


def run(**options: str) -> None:
    call_command("init", no_input=True, **options)


def test_it_makes_a_site_and_an_administrator_and_no_demo(capsys):
    run()

    site, user = Site.objects.get(), User.objects.get()
    assert (site.name, site.default_locale, site.locales) == ("The Mended Bowl", "fr", ["fr", "en"])
    assert site.time_zone == "America/Toronto"
    assert not site.demo
    assert roles_of(user) == {ADMINISTRATOR}
    assert user.check_password("correct-horse-battery")
    assert not Article.objects.exists()
    assert "correct-horse-battery" not in capsys.readouterr().out


def test_a_second_time_changes_nothing(answers, capsys):
    run()
    answers.setenv("SITE_NAME", "Another")
    answers.setenv("ADMIN_USERNAME", "grace")
    run()

    assert Site.objects.get().name == "The Mended Bowl"
    assert User.objects.get().username == "ada"
    assert "already" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["SITE_NAME", "ADMIN_USERNAME", "ADMIN_EMAIL", "ADMIN_PASSWORD"])
def test_a_missing_answer_says_what_to_set_and_leaves_nothing(name, answers):
    answers.delenv(name)

    with pytest.raises(CommandError, match=f"Set {name}"):
        run()

    assert not Site.objects.exists()
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("name", "answer", "sentence"),
    [
        ("ADMIN_PASSWORD", "short", "at least 12 characters"),
        ("ADMIN_EMAIL", "nobody", "valid email"),
        ("ADMIN_USERNAME", "with spaces", "valid username"),
        ("SITE_TIME_ZONE", "Paris", "There is no time zone “Paris”"),
    ],
)
def test_a_bad_answer_is_explained_and_leaves_nothing(name, answer, sentence, answers):
    answers.setenv(name, answer)

    with pytest.raises(CommandError, match=sentence):
        run()

    assert not Site.objects.exists()


def test_a_site_that_names_no_zone_works_in_utc(answers):
    answers.delenv("SITE_TIME_ZONE")

    run()

    assert Site.objects.get().time_zone == "UTC"


def test_the_zone_that_the_command_names_comes_before_the_environments():
    run(time_zone="Europe/Paris")

    assert Site.objects.get().time_zone == "Europe/Paris"


def test_the_zone_of_a_site_that_is_there_changes_only_when_the_command_names_another(answers, capsys):
    run()
    answers.setenv("SITE_TIME_ZONE", "Europe/Rome")
    run()
    assert Site.objects.get().time_zone == "America/Toronto"

    run(time_zone="Europe/Paris")
    assert Site.objects.get().time_zone == "Europe/Paris"
    assert "Its time zone is now Europe/Paris." in capsys.readouterr().out

    with pytest.raises(CommandError, match="There is no time zone"):
        run(time_zone="Europe/Nowhere")
    assert Site.objects.get().time_zone == "Europe/Paris"


def test_a_key_that_serves_two_purposes_is_refused(settings):
    settings.TOKEN_KEYS = [*settings.TOKEN_KEYS, settings.SECRET_KEY]

    with pytest.raises(CommandError, match="SECRET_KEY and TOKEN_KEY share a key"):
        run()


def test_a_demonstration_needs_no_init(settings):
    settings.DEMO = True

    with pytest.raises(CommandError, match="Unset it"):
        run()
