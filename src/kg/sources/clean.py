"""Paragraphs -> paragraphs of the article: what a site puts around and between them goes, no sentence ever does.

The words are in `data/boilerplate/`: `labels.txt`, `links.txt` and `agencies.txt` hold whole lines, `patterns.txt` and
`bylines.txt` regular expressions for whole lines, `credits.txt` regular expressions for the end of a line.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence

from kg.sources.address import is_url_line
from kg.sources.lists import compile_any, load_labels, read_lines
from kg.sources.paragraphs import is_sentence

_LONGEST = 600
_QUOTES = ("“", "‘", '"', "«", "'")
_EDGE = " \t•·*-–—|>»«<:…[](){}.,!→›‹#▶►●■◆✱"
_NAME = (
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|January|February|March|April|June|July|August|September|"
    r"October|November|December)[A-Z][\w'’.-]*"
    r"(?: (?:[A-Z][\w'’.-]*|(?:de|da|di|del|der|van|von|bin|ibn|al|el|la|le|dos|du|ben|abu|ter|den|y|e)\b[\w'’-]*)"
    r"){1,5}"
)
_SEPARATOR = re.compile(r"\s+[|>»·•›]\s+|\s*[›»]\s*")
_AGENCY_SEPARATOR = re.compile(r"\s*(?:[/,|&+]|\band\b)\s*")
_LONGEST_LINK_LIST = 12
_LONG_ENOUGH_TO_BE_UNIQUE = 12
_LONGEST_CREDIT = 160


def clean(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs that belong to the article, in order, picture credits cut off. A lone paragraph stays as it is."""
    if len(paragraphs) < 2:
        return list(paragraphs)
    kept: list[str] = []
    seen: set[str] = set()
    for line in _drop_links(_drop_menus(paragraphs)):
        if is_more_link(line) and len(kept) > 1 and _is_caption(kept[-1]):
            kept.pop()
        if is_boilerplate(line):
            continue
        line = cut_credit(line)
        repeated = line in seen and (line.count(" ") >= _LONG_ENOUGH_TO_BE_UNIQUE or kept[-1:] == [line])
        if line and not repeated:
            kept.append(line)
            seen.add(line)
    return kept


def is_boilerplate(line: str) -> bool:
    """True for a line that no article holds as part of its text."""
    if len(line) > _LONGEST or line.startswith(_QUOTES):
        return False
    if _is_label(line) or is_url_line(line) or load_bylines().fullmatch(line.strip("[]()")):
        return True
    core = line.strip(" \t•·*-–—|>»[]()")
    return bool(load_patterns().fullmatch(core)) or _is_menu(line)


def is_more_link(line: str) -> bool:
    """True for the label of a link to more of what the line before it names."""
    return _key(line) in {"more", "read more", "see more", "view more", "view all", "see all", "watch"}


def cut_credit(line: str) -> str:
    """`line` without the picture credit at its end."""
    match = load_credits().search(line, max(0, len(line) - _LONGEST_CREDIT))
    return line[: match.start()].rstrip(" |/–—-") if match else line


@functools.cache
def load_link_labels() -> frozenset[str]:
    """Labels that open a list of links, without spaces, as pages often run them together."""
    return frozenset(label.replace(" ", "") for label in load_labels("links"))


@functools.cache
def load_patterns() -> re.Pattern[str]:
    """Whole lines of boilerplate, without regard to case."""
    return compile_any(read_lines("boilerplate", "patterns.txt"), re.IGNORECASE)


@functools.cache
def load_bylines() -> re.Pattern[str]:
    """Whole lines that say who wrote the article."""
    return compile_any(line.replace("{name}", _NAME) for line in read_lines("boilerplate", "bylines.txt"))


@functools.cache
def load_credits() -> re.Pattern[str]:
    """Picture credits at the end of a line."""
    return re.compile(rf"\s*(?:{compile_any(read_lines('boilerplate', 'credits.txt')).pattern})\s*\.?$", re.IGNORECASE)


def _key(line: str) -> str:
    """The form of `line` in which the list files hold it."""
    return line.replace("’", "'").strip(_EDGE).lower()


def _is_label(line: str) -> bool:
    if len(line) > 80:
        return False
    key = _key(line)
    if not key or key in load_labels("labels"):
        return True
    return all(part in load_labels("agencies") for part in _AGENCY_SEPARATOR.split(key))


def _is_menu(line: str) -> bool:
    """True for a breadcrumb or a row of links: short parts between separators, one of them a label at least."""
    parts = [part for part in _SEPARATOR.split(line) if part]
    if len(parts) < 2 or any(part.count(" ") > 3 or is_sentence(part) for part in parts):
        return False
    return any(_is_label(part) for part in parts)


def _is_fragment(line: str) -> bool:
    return line.count(" ") <= 3 and not line.endswith((".", "!", "?", ":", ";", ",", "”", '"'))


def _is_caption(line: str) -> bool:
    """True for up to four words that all begin with a capital: the name of a picture or of a widget."""
    return _is_fragment(line) and all(word[:1].isupper() for word in line.split())


def _drop_menus(paragraphs: Sequence[str]) -> Iterator[str]:
    """Leave out runs of short lines of which at least half are labels."""
    for is_short, run in itertools.groupby(paragraphs, key=_is_fragment):
        lines = list(run)
        if is_short and len(lines) >= 4 and sum(map(_is_label, lines)) * 2 >= len(lines):
            continue
        yield from lines


def _drop_links(paragraphs: Iterator[str]) -> Iterator[str]:
    """Leave out each label that opens a list of links, and the links."""
    left = 0
    for line in paragraphs:
        if _key(line).replace(" ", "") in load_link_labels():
            left = _LONGEST_LINK_LIST
        elif left and not is_sentence(line) and line.count(" ") <= 25:
            left -= 1
        else:
            left = 0
            yield line
