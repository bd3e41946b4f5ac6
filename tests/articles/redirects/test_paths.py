"""The one form of a path, and what a path says of an article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.resolving import Address, address_in, encoded, normalised

ID = "01890f5e-0000-7000-8000-000000000000"


@pytest.mark.parametrize(
    ("given_", "form"),
    [
        ("/", "/"),
        ("/2019/05/sleep/", "/2019/05/sleep"),
        ("/caf%C3%A9", "/café"),
        ("/cafe\u0301", "/café"),
        ("/a%20b", "/a b"),
    ],
)
def test_a_path_has_one_form(given_: str, form: str) -> None:
    assert normalised(given_) == form
    assert normalised(encoded(form)) == form


@pytest.mark.parametrize(
    "path",
    [
        "",
        "sleep",
        "https://other.example/sleep",
        "//other.example/sleep",
        "/%2Fother.example",
        "/\\other.example",
        "/%5Cother.example",
        "/a/../b",
        "/a/%2e%2e/b",
        "/a//b",
        "/a?b=1",
        "/a%3Fb",
        "/a#b",
        "/a\nb",
        "/a%0Ab",
        "/%ff",
        "/" + "a" * 500,
    ],
)
def test_what_could_lead_elsewhere_is_no_path(path: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        normalised(path)


@given(st.text(max_size=30))
def test_no_text_becomes_a_path_of_another_origin(text: str) -> None:
    try:
        form = normalised(f"/{text}")
    except ValueError:
        return
    assert form.startswith("/")
    assert not form.startswith(("//", "/\\"))
    assert normalised(encoded(form)) == form


@pytest.mark.parametrize(
    ("template", "path", "address"),
    [
        ("", "/api/v1/articles/sleep", Address("sleep", None)),
        ("", f"/api/v1/articles/{ID}", Address(ID, None)),
        ("", "/en/sleep", None),
        ("https://m.example/{locale}/{slug}", "/en/sleep", Address("sleep", "en")),
        ("https://m.example/{locale}/{slug}/", "/fr-CA/sleep", Address("sleep", "fr-CA")),
        ("https://m.example/{locale}/{slug}", "/en/sleep/more", None),
        ("https://m.example/{locale}/{slug}", "/api/v1/articles/sleep", Address("sleep", None)),
        ("https://m.example/a/{id}-{slug}", f"/a/{ID}-sleep", Address(ID, None)),
        ("https://{locale}.m.example/{slug}.html", "/sleep.html", Address("sleep", None)),
        ("https://m.example/?p={id}", "/", None),
    ],
)
def test_a_path_says_which_article_it_is_of(
    settings: object, template: str, path: str, address: Address | None
) -> None:
    settings.FRONTEND_URL_TEMPLATE = template  # type: ignore[attr-defined]  # pytest-django's settings
    assert address_in(path) == address
