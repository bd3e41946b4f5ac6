"""Reading the environment: every value typed, and every refusal a sentence that says what to set."""

import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env

env = Env()


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
