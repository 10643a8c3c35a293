"""What a format's reader gives: an article before it is cleaned."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as its file has it: `paragraphs` in order, boilerplate among them, plus what the file says of itself.

    `headed` is True where the first paragraph may be the headline, because the format has no field for one.
    `language` is what the file says its language is, as it writes it.
    """

    paragraphs: tuple[str, ...]
    headed: bool = False
    title: str | None = None
    url: str | None = None
    published: dt.date | None = None
    section: str | None = None
    publisher: str | None = None
    language: str | None = None
