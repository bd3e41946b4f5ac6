"""Keeping secrets: authenticated encryption, keyed digests and tokens, under lists of keys that can be rotated.

The first key of a list writes; all of them read. Every use names a context, and each context has a key of its own
(HKDF-SHA256, RFC 5869). Knows nothing of what is sealed.
"""

import hashlib
import hmac
import os
import secrets
import string
from collections.abc import Sequence
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_FORM = b"\x01"
_KEY_ID_BYTES = 4
_NONCE_BYTES = 12
_ALPHABET = string.ascii_letters + string.digits
_TOKEN_CHARACTERS = 43  # 62 ** 43 > 2 ** 256


class CannotOpen(ValueError):
    """Sealed under a key that is not in the list, in another context, or damaged. Says nothing of the content."""


def seal(plaintext: bytes, keys: Sequence[str], context: str) -> bytes:
    """AES-256-GCM under the first key: one byte of form, four of key id, twelve of nonce, then text and tag."""
    key = _derived(keys[0], "seal", context)
    nonce = os.urandom(_NONCE_BYTES)
    return _FORM + _key_id(key) + nonce + AESGCM(key).encrypt(nonce, plaintext, context.encode())


def open_sealed(sealed: bytes, keys: Sequence[str], context: str) -> bytes:
    """What `seal` was given. Raises CannotOpen."""
    head = len(_FORM) + _KEY_ID_BYTES
    key_id, nonce, rest = sealed[1:head], sealed[head : head + _NONCE_BYTES], sealed[head + _NONCE_BYTES :]
    for key in (_derived(key, "seal", context) for key in keys):
        if sealed[:1] == _FORM and hmac.compare_digest(key_id, _key_id(key)):
            try:
                return AESGCM(key).decrypt(nonce, rest, context.encode())
            except (InvalidTag, ValueError):
                break
    raise CannotOpen("No key of the list opens this.")


def mac(value: str, keys: Sequence[str], context: str) -> str:
    """HMAC-SHA256 of `value` under the first key, as 64 hexadecimal digits."""
    return _mac(value, keys[0], context)


def macs(value: str, keys: Sequence[str], context: str) -> list[str]:
    """`mac` under every key, newest first: what to look for while old keys are being retired."""
    return [_mac(value, key, context) for key in keys]


def new_token(prefix: str) -> str:
    """A fresh secret of 256 bits in letters and digits, behind a prefix that says what it is for, such as `ka_`."""
    return prefix + "".join(secrets.choice(_ALPHABET) for _ in range(_TOKEN_CHARACTERS))


def token_digest(token: str) -> str:
    """SHA-256 as 64 hexadecimal digits: what is stored of a token, which is too long to be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()


def _mac(value: str, key: str, context: str) -> str:
    return hmac.new(_derived(key, "mac", context), value.encode(), hashlib.sha256).hexdigest()


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(b"key id" + key).digest()[:_KEY_ID_BYTES]


@lru_cache(maxsize=256)
def _derived(key: str, use: str, context: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"kintsugi/{use}/{context}".encode()).derive(
        key.encode()
    )
