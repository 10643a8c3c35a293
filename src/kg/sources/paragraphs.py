"""Lines -> paragraphs: hard-wrapped lines are joined, all other lines are paragraphs of their own."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]»*]*$")
_STOP = re.compile(r"[.!?…:;][\"”’')\]»]*$")
_RUNS = re.compile(r"[ ]{2,}")
_SHORTEST_WRAP = 40
_LONGEST_WRAP = 140


def is_sentence(line: str) -> bool:
    """True where `line` ends as a sentence does and has words enough to be one."""
    return bool(_SENTENCE_END.search(line)) and line.count(" ") >= 4


def to_paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of normalised `text`, none empty, none with a line break."""
    blocks = [block for block in _split_blocks(text) if block]
    width = _wrap_width(blocks)
    return tuple(paragraph for block in blocks for paragraph in _join_lines(block, width))


def _split_blocks(text: str) -> Iterator[list[str]]:
    """Runs of lines between blank lines."""
    for full, lines in itertools.groupby((_RUNS.sub(" ", line).strip() for line in text.split("\n")), key=bool):
        if full:
            yield list(lines)


def _wrap_width(blocks: Sequence[Sequence[str]]) -> int:
    """The width at which lines were wrapped; 0 for a text whose lines are paragraphs."""
    pairs = [pair for block in blocks for pair in itertools.pairwise(block)]
    broken = [len(line) for line, following in pairs if _breaks_sentence(line, following)]
    if len(broken) < 2 or len(broken) * 4 < len(pairs) or max(broken) > _LONGEST_WRAP:
        return 0
    return max(broken)


def _breaks_sentence(line: str, following: str) -> bool:
    """True where `following` goes on in the middle of the sentence that `line` began."""
    return len(line) >= _SHORTEST_WRAP and following[0].islower() and not _STOP.search(line)


def _join_lines(block: Sequence[str], width: int) -> Iterator[str]:
    paragraph = block[0]
    for line, following in itertools.pairwise(block):
        if _breaks_sentence(line, following) or (width and _is_wrapped(line, following, width)):
            paragraph += following if _ends_in_hyphen(line) else " " + following
        else:
            yield paragraph
            paragraph = following
    yield paragraph


def _is_wrapped(line: str, following: str, width: int) -> bool:
    """True where the first word of `following` would not have fitted at the end of `line`."""
    return len(line) <= _LONGEST_WRAP and len(line) + 1 + len(following.split(" ", 1)[0]) > width


def _ends_in_hyphen(line: str) -> bool:
    return line[-1] == "-" and line[-2:-1].isalpha()
