"""What no source of this project may hold, because one careless line of it undoes the rest."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from rest_framework.views import APIView

from tests.security.addresses import routes

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("cms", "articles", "comments")
FORBIDDEN = {
    "trusting a text as HTML": r"\|\s*safe\b|\bmark_safe\b|\bSafeString\b|\bSafeText\b|autoescape\s+off|\bsafeseq\b",
    "SQL put together around the ORM": r"\.extra\(|\bRawSQL\(|\.objects\.raw\(",
    "every field, whatever it will be": r"""fields\s*=\s*["']__all__["']|exclude\s*=\s*\[""",
    "running data as code": r"(?<![.\w])(eval|exec)\(|\bpickle\b|\bmarshal\b|yaml\.load\(|\bshell=True\b|os\.system\(",
    "leaving out the CSRF check": r"\bcsrf_exempt\b",
    "secrets that can be guessed": r"\bimport random\b|\brandom\.(choice|random|randint)\b|hashlib\.(md5|sha1)",
    "an address built from the request": r"build_absolute_uri|get_host\(\)\s*\+|HTTP_X_FORWARDED_HOST",
    "comparing a secret byte by byte": r"(digest|token_sha256|email_mac)\s*==",
    "code or style inside a page": r"<script(?![^>]*\bsrc=)|<style|<[^>]*\sstyle=|<[^>]*\son[a-z]+=\"|javascript:",
}


def sources() -> list[Path]:
    found = [
        path
        for name in PACKAGES
        for kind in ("py", "html", "svg")
        for path in (ROOT / name).rglob(f"*.{kind}")
    ]
    assert len(found) > 100
    return found


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_source_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    lines = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sources()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if pattern.search(line)
    ]
    assert lines == []


def test_every_view_says_who_may() -> None:
    """The default is nobody; what is open is open by name."""
    assert settings.REST_FRAMEWORK["DEFAULT_PERMISSION_CLASSES"] == ["cms.permissions.Nobody"]
    for route in routes():
        if isinstance(route.view, type) and issubclass(route.view, APIView):
            declared = [
                cls for cls in route.view.__mro__ if "permission_classes" in vars(cls) and cls is not APIView
            ]
            assert declared, route.template
