"""Every link inside the documentation leads somewhere, and what the pages name exists."""

import re
from functools import cache
from importlib import import_module
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from tests.docs.pages import ROOT, anchors, code_spans, links, pages, text_of

FOLDERS = (
    "cms/",
    "articles/",
    "comments/",
    "tests/",
    "docs/",
    "requirements/",
    ".ci/",
    "benchmarks/",
    "deploy/",
)
PLACEHOLDERS = {
    "{id}": "01890a5d-ac96-774b-bcce-b302099a8057",
    "{pid}": "01890a5d-ac96-774b-bcce-b302099a8057",
    "{sid}": "01890a5d-ac96-774b-bcce-b302099a8057",
    "{did}": "01890a5d-ac96-774b-bcce-b302099a8057",
    "{comment}": "01890a5d-ac96-774b-bcce-b302099a8057",
    "{slug}": "a-slug",
    "{slug or id}": "a-slug",
    "{key}": "a-key",
    "{n}": "1",
}
_URL = re.compile(
    r"(?:(?:GET|HEAD|POST|PUT|PATCH|DELETE) )?(/(?:api|healthz|readyz|metrics|sign-|\.well-known)\S*)"
)
_MODULE = re.compile(r"(?:cms|articles|comments)(?:\.[a-z_]+)+(?:\.[A-Z]\w*)?(?:\(\))?")
_SETTING = re.compile(r"[A-Z]{2,}(?:_[A-Z]+)+")


@pytest.mark.parametrize("page", pages())
def test_internal_links_resolve(page):
    for target in links(text_of(page)):
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            continue
        where = (ROOT / page).parent / parts.path if parts.path else ROOT / page
        assert where.exists(), f"{page} links to {target}, which does not exist"
        if parts.fragment and where.suffix == ".md":
            assert parts.fragment in anchors(where.read_text(encoding="utf-8")), f"{page} links to {target}"


@pytest.mark.parametrize("page", pages())
def test_files_that_are_named_exist(page):
    for span in code_spans(text_of(page)):
        if span.startswith(FOLDERS) and " " not in span:
            assert list(ROOT.glob(span.rstrip("/"))), f"{page} names {span}, which does not exist"


@pytest.mark.parametrize("page", pages())
def test_addresses_that_are_named_exist(page):
    for span in code_spans(text_of(page)):
        if found := _URL.fullmatch(span):
            assert _answers(found[1]), f"{page} names {found[1]}, which no view answers"


@pytest.mark.parametrize("page", pages())
def test_modules_and_what_is_in_them_exist(page):
    for span in code_spans(text_of(page)):
        if _MODULE.fullmatch(span):
            assert _found(span.removesuffix("()")), f"{page} names {span}, which does not exist"


@pytest.mark.parametrize("page", pages())
def test_settings_that_are_named_exist(page):
    for span in code_spans(text_of(page)):
        if _SETTING.fullmatch(span):
            assert re.search(rf"\b{span}\b", _code()), f"{page} names {span}, which nothing reads"


def test_the_index_names_every_page():
    index = {(ROOT / "docs" / link).resolve() for link in links(text_of("docs/README.md"))}
    decisions = {
        (ROOT / "docs/decisions" / link).resolve() for link in links(text_of("docs/decisions/README.md"))
    }
    for page in pages():
        if page.endswith("README.md"):
            continue
        listed = decisions if page.startswith("docs/decisions/") else index
        assert (ROOT / page).resolve() in listed, f"no index names {page}"


def _answers(address):
    for placeholder, value in PLACEHOLDERS.items():
        address = address.replace(placeholder, value)
    try:
        resolve(urlsplit(address).path)
    except Resolver404:
        return False
    return True


def _found(name):
    """Whether a dotted name is a module, or an attribute of one."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        try:
            found = import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for attribute in parts[end:]:
            if not hasattr(found, attribute):
                return False
            found = getattr(found, attribute)
        return True
    return False


@cache
def _code():
    """What could read a setting or define a constant: the three packages, the Makefile, the suite's databases."""
    files = [path for app in ("cms", "articles", "comments") for path in sorted((ROOT / app).rglob("*.py"))]
    files += [
        ROOT / "Makefile",
        ROOT / "tests" / "databases.py",
        ROOT / "tests" / "environment" / "plugin.py",
    ]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)
