"""Reading the environment: every value typed, and every refusal a sentence that says what to set."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env

from cms import calling

env = Env()

LONGEST_PERIOD = 36_500
"""Days: a hundred years. Whoever means longer means for ever."""


def required_keys(name: str, *, data_dir: Path, demo: bool) -> list[str]:
    """A rotatable list of secrets, newest first: from the environment, or for the demo from a file made once.

    Each key must have at least 32 characters. Raises ImproperlyConfigured with what to set.
    """
    keys: list[str] = env.list(name, [])
    if not keys and demo:
        keys = [_remembered(data_dir / "keys" / name.lower())]
    if not keys or any(len(key) < 32 for key in keys):
        raise ImproperlyConfigured(
            f"Set {name} to one or more secrets of at least 32 characters, separated by commas, newest first; "
            "for instance the output of: python -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    return keys


def _remembered(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


def required(name: str, sentence: str, *, default: str | None) -> str:
    value = env.str(name, default)
    if not value:
        raise ImproperlyConfigured(f"Set {name}: {sentence}")
    return value


@dataclass(frozen=True)
class MailServer:
    """Django's settings of the server that takes our mail. `offered` is false where there is none."""

    offered: bool = False
    backend: str = "django.core.mail.backends.dummy.EmailBackend"
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


_MAIL_PORTS = {"smtp": 25, "submission": 587, "smtp+tls": 587, "submissions": 465, "smtp+ssl": 465}


def mail_server(url: str) -> MailServer:
    """From EMAIL_URL: `smtp:` as it is, `submission:` with STARTTLS, `submissions:` under TLS at once (RFC 8314).

    `console:` prints letters instead of sending them. Raises ImproperlyConfigured with what to set.
    """
    if not url:
        return MailServer()
    if url.partition(":")[0] == "console":
        return MailServer(offered=True, backend="django.core.mail.backends.console.EmailBackend")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in _MAIL_PORTS or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ImproperlyConfigured(
            "Set EMAIL_URL to submission://user:password@host, submissions://user:password@host, smtp://host or "
            "console:, with every special character of user and password percent-encoded; leave it out to send no mail."
        )
    return MailServer(
        offered=True,
        backend="django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=port or _MAIL_PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=_MAIL_PORTS[parts.scheme] == 587,
        tls=_MAIL_PORTS[parts.scheme] == 465,
    )


def called_address(name: str) -> str:
    """An address that this service calls, or nothing. Raises ImproperlyConfigured with what to set."""
    url: str = env.str(name, "")
    if url and not calling.is_address(url):
        raise ImproperlyConfigured(
            f"Set {name} to an https address without user, password and fragment (http only for localhost), or leave "
            "it out."
        )
    return url


def signing_keys(name: str, *, needed_for: str) -> list[str]:
    """Keys that sign calls (`cms.calling`), newest first; at least one when `needed_for`, an address, is not empty.

    Raises ImproperlyConfigured with what to set.
    """
    keys: list[str] = env.list(name, [])
    if not all(map(calling.is_key, keys)) or (needed_for and not keys):
        raise ImproperlyConfigured(
            f"Set {name} to one or more signing keys, separated by commas, newest first: whsec_ and 24 to 64 bytes in "
            "base64; for instance the output of: "
            "python -c 'import base64, secrets; print(\"whsec_\" + base64.b64encode(secrets.token_bytes(32)).decode())'"
        )
    return keys


def periods(name: str, defaults: Mapping[str, int | None]) -> dict[str, int | None]:
    """Periods in days by name, None for ever: `defaults`, and what the environment says otherwise.

    For instance `spam_texts=7,addresses=ever`. Raises ImproperlyConfigured for a name or a period that is none.
    """
    chosen = {**defaults}
    given: dict[str, str] = env.dict(name, {})
    for key, said in given.items():
        if key not in defaults or not (said == "ever" or (said.isdecimal() and int(said) <= LONGEST_PERIOD)):
            raise ImproperlyConfigured(
                f"Set {name} to pairs such as {next(iter(defaults))}=30, separated by commas: a number of days "
                f"(at most {LONGEST_PERIOD}) or the word ever. Names: {', '.join(defaults)}."
            )
        chosen[key] = None if said == "ever" else int(said)
    return chosen
