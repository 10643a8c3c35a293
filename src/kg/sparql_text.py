"""What may be put into the text of a query: the only two ways from outside words to SPARQL.

SPARQL 1.1 Query Language, 19.8: IRIREF and STRING_LITERAL2.
"""

from __future__ import annotations

import re

from kg.vocab import PREFIXES

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")  # RFC 3986, 3.1
_IRI = re.compile(r"[^\x00-\x20<>\"{}|^`\\]+")
# The brace is escaped so that words such as "service <x> {" are not taken for a SERVICE clause.
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "{": "\\u007B"})

PREFIX_LINES = "".join(f"PREFIX {name}: <{namespace}>\n" for name, namespace in PREFIXES.items())


def is_iri(text: str) -> bool:
    """Whether `text` looks like an absolute IRI, of whatever scheme, and may be put into a query as one."""
    return _ABSOLUTE.match(text) is not None and _IRI.fullmatch(text) is not None


def to_iri(iri: str) -> str:
    """`iri` in angle brackets.

    Raises:
        ValueError: it holds a character that no IRI may hold.
    """
    if not _IRI.fullmatch(iri):
        raise ValueError(f"no IRI: {iri!r}")
    return f"<{iri}>"


def to_literal(text: str) -> str:
    """`text` as a string literal."""
    return f'"{text.translate(_ESCAPES)}"'
