"""The headline of an article and what stands between it and the first sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.sources.lists import load_labels
from kg.sources.paragraphs import is_sentence

_LONGEST = 200
_MOST_WORDS = 22
_STUB_WORDS = 6
_SENTENCE_STOP = re.compile(r"[.!?…:;,][\"”’')\]»]*$")
_CRY = re.compile(r"\w[!?][\"”’')\]»]*$")
_INNER_STOP = re.compile(r"[a-z]{3,}[.!] [A-Z]")
_DATELINE = re.compile(r"[A-Z][A-Z.'’ -]{2,}(?:,[^—–-]{0,30})?\s?(?:[—–]|-\s|\([A-Z][A-Za-z]+\))")
_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])


def split_title(title: str | None, paragraphs: Sequence[str], headed: bool) -> tuple[str | None, list[str]]:
    """The title and the paragraphs below it.

    Args:
        title: the title that the metadata give.
        paragraphs: the cleaned paragraphs.
        headed: whether the first of them may be the headline, where the metadata give none.
    """
    body = list(paragraphs)
    if title is None and headed:
        while len(body) > 1 and _is_name(body):
            body.pop(0)
        title = body.pop(0) if len(body) > 1 and _is_headline(body) else None
    if title is None:
        return None, body
    return title, _drop_stubs(_drop_repeated(title, body))


def _is_headline(paragraphs: Sequence[str]) -> bool:
    """True where the first paragraph heads the others: short, no sentence, with a sentence further down."""
    line = paragraphs[0]
    if (
        len(line) > _LONGEST
        or (_SENTENCE_STOP.search(line) and not _CRY.search(line))
        or _INNER_STOP.search(line)
        or line[0].islower()
    ):
        return False
    if any(_same(line) == _same(other) and not _SENTENCE_STOP.search(other) for other in paragraphs[1:5]):
        return True
    if not 2 <= len(line.split()) <= _MOST_WORDS or _DATELINE.match(line):
        return False
    return any(map(is_sentence, paragraphs[1:]))


def _is_name(paragraphs: Sequence[str]) -> bool:
    """True where the first paragraph is two or three capitalised words of which the text below uses none: a byline."""
    words = paragraphs[0].split()
    if len(words) not in (2, 3) or not all(word[0].isupper() and word.strip(".’'-").isalpha() for word in words):
        return False
    below = set(_WORD.findall(" ".join(paragraphs[1:]).lower()))
    return below.isdisjoint(_WORD.findall(paragraphs[0].lower()))


def _drop_repeated(title: str, body: Sequence[str]) -> list[str]:
    """`body` without the title said again above or right below the first paragraphs."""
    return [line for number, line in enumerate(body) if number >= 5 or _same(line) != _same(title)]


def _drop_stubs(body: Sequence[str]) -> list[str]:
    """`body` without the picture captions above its first sentence that only name somebody or something."""
    first = next((number for number, line in enumerate(body) if is_sentence(line)), 0)
    below = set(_WORD.findall(" ".join(body[first:])))
    return [line for line in body[:first] if not _is_stub(line, below)] + list(body[first:])


def _is_stub(line: str, below: set[str]) -> bool:
    """True for a few words that are all names: capitalised, and never in lower case in the words `below`."""
    words = _WORD.findall(line)
    if len(words) > _STUB_WORDS or _SENTENCE_STOP.search(line):
        return _key(line) in load_labels("labels")
    names = [word for word in words if word.lower() not in _SMALL]
    return all(word[0].isupper() or word[0].isdigit() for word in names) and below.isdisjoint(map(str.lower, names))


def _key(line: str) -> str:
    return line.strip().lower()


def _same(line: str) -> str:
    """`line` without case and punctuation."""
    return " ".join(_WORD.findall(line.lower()))
