"""Where a page of facts ended -> a word that asks for the next page, and back.

It names the last fact, not a number: facts that come in between move nothing.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Hashable

from kg.errors import ArgumentError

_DIGITS = 8
_WRONG = "cursor: this is not what `next` said; repeat the call with the same filters and that cursor, or without one"


def write_cursor(question: Hashable, key: str) -> str:
    """What asks for the facts after the one with `key`, in the list that `question` asked for."""
    return base64.urlsafe_b64encode(json.dumps([_digest(question), key]).encode()).decode()


def read_cursor(question: Hashable, cursor: str | None) -> str | None:
    """The key that `write_cursor` was given for the same question; None without a cursor.

    Raises:
        ArgumentError: it is no cursor, or one of another question.
    """
    if cursor is None:
        return None
    try:
        digest, key = json.loads(base64.b64decode(cursor, altchars=b"-_", validate=True))
        key.encode()  # half a character is none
    except (binascii.Error, ValueError, TypeError, AttributeError) as error:
        raise ArgumentError(_WRONG) from error
    if digest != _digest(question):
        raise ArgumentError(_WRONG)
    return str(key)


def _digest(question: Hashable) -> str:
    return hashlib.sha256(repr(question).encode("utf-8", "backslashreplace")).hexdigest()[:_DIGITS]
