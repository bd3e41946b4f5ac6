"""Sealed values open with the right keys in the right context only; digests are keyed and rotatable."""

import re

import pytest

from cms.sealing import CannotOpen, mac, macs, new_token, open_sealed, seal, token_digest

NEW, OLD, OTHER = "n" * 40, "o" * 40, "x" * 40


def test_what_was_sealed_opens_again():
    assert open_sealed(seal(b"a@example.org", [NEW], "contact"), [NEW], "contact") == b"a@example.org"


def test_what_was_sealed_under_a_key_that_has_been_rotated_still_opens():
    assert open_sealed(seal(b"text", [OLD], "contact"), [NEW, OLD], "contact") == b"text"


def test_the_same_text_is_never_sealed_alike():
    assert seal(b"text", [NEW], "contact") != seal(b"text", [NEW], "contact")


@pytest.mark.parametrize(("keys", "context"), [([OTHER], "contact"), ([NEW], "answer"), ([], "contact")])
def test_another_key_or_context_opens_nothing(keys, context):
    with pytest.raises(CannotOpen):
        open_sealed(seal(b"text", [NEW], "contact"), keys, context)


def test_an_altered_byte_anywhere_is_noticed():
    sealed = seal(b"text", [NEW], "contact")
    for place in range(len(sealed)):
        altered = bytearray(sealed)
        altered[place] ^= 1
        with pytest.raises(CannotOpen):
            open_sealed(bytes(altered), [NEW], "contact")


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" * 20])
def test_what_was_never_sealed_does_not_open(sealed):
    with pytest.raises(CannotOpen):
        open_sealed(sealed, [NEW], "contact")


def test_digests_differ_by_key_and_context():
    assert len({mac("v", [NEW], "a"), mac("v", [OLD], "a"), mac("v", [NEW], "b"), mac("w", [NEW], "a")}) == 4


def test_a_look_up_during_rotation_tries_every_key_newest_first():
    assert macs("v", [NEW, OLD], "a") == [mac("v", [NEW], "a"), mac("v", [OLD], "a")]


def test_tokens_say_what_they_are_and_are_never_alike():
    tokens = {new_token("ka_") for _ in range(100)}
    assert len(tokens) == 100
    assert all(re.fullmatch(r"ka_[A-Za-z0-9]{43}", token) for token in tokens)
    assert token_digest("ka_x") != token_digest("ka_y")
