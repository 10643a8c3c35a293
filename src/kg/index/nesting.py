"""How deeply a query is nested, by its brackets, before the engine's parser goes as deep. SPARQL 1.1 Query, 19.8."""

from __future__ import annotations

import re

from kg.errors import QueryNestingError

# What may hold a bracket that is none: strings, comments, IRIs, escapes in names. All in possessive steps.
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*+'''"
    r'|"(?:[^"\\\r\n]|\\.)*+"'
    r"|'(?:[^'\\\r\n]|\\.)*+'"
    r"|#[^\r\n]*+"
    r"|<[^<>\"{}|^`\\\x00-\x20]*+>"
    r"|\\."
    r"|(?P<open>[({\[])"
    r"|(?P<close>[)}\]])",
    re.DOTALL,
)


def refuse_depth(text: str, most: int) -> None:
    """Let a query pass whose brackets are nested no deeper than `most`.

    Raises:
        QueryNestingError: they are.
    """
    depth = 0
    for token in _TOKEN.finditer(text):
        if token.lastgroup == "open":
            depth += 1
            if depth > most:
                raise QueryNestingError(
                    f"the query is nested more than {most} levels deep: write it with fewer, or raise KG_MAX_NESTING"
                )
        elif token.lastgroup == "close":
            depth = max(0, depth - 1)
