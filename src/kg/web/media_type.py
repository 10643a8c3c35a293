"""A Content-Type header -> what it says. RFC 9110, 8.3.1, in time that grows no faster than its length."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

# A value in quotes that does not end is none; what stands there is passed over to the next semicolon.
_PARAMETER = re.compile(r';[ \t]*+([^\s;="]++)=(?:"((?:[^"\\]|\\.)*+)"|([^;"]*+))')
_ESCAPE = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class MediaType:
    """`name` and the names of `parameters` are in lower case; of a parameter given twice the first counts."""

    name: str
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def charset(self) -> str | None:
        """The charset in lower case, where there is one."""
        charset = self.parameters.get("charset")
        return charset.lower() if charset else None


def parse_media_type(header: str) -> MediaType:
    """What `header` says; an empty name where it says nothing."""
    name, semicolon, rest = header.partition(";")
    parameters: dict[str, str] = {}
    for match in _PARAMETER.finditer(semicolon + rest):
        quoted, bare = match[2], match[3]
        value = bare.strip() if quoted is None else _ESCAPE.sub(r"\1", quoted)
        parameters.setdefault(match[1].lower(), value)
    return MediaType(name.strip().lower(), parameters)
