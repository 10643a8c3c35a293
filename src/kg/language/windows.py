"""Doc -> windows that the network reads at once: a paragraph, or as many of its sentences as fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from kg.language.datelines import dateline_end
from kg.language.pieces import CASINGS, Vocabulary, casing
from kg.language.sentences import may_start_sentence

# About what the windows in training held; a longer paragraph is cut, between sentences where it can be.
MOST_WORDS = 90
Numbers = NDArray[numpy.int64]


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows as the network takes them, padded with 0.

    `pieces` and `casings` have the shape (windows, pieces), `firsts` (windows, words + 1): the piece where each word
    begins, after that of the root.
    """

    windows: tuple[tuple[int, ...], ...]
    pieces: Numbers
    casings: Numbers
    firsts: Numbers


def find_windows(doc: Doc) -> Iterator[tuple[int, ...]]:
    """The tokens of each window, white space left out; a dateline is one of its own."""
    text = doc.text
    for paragraph in _find_paragraphs(doc):
        start, end = paragraph[0].idx, paragraph[-1].idx + len(paragraph[-1])
        body = dateline_end(text, start, end)
        for tokens in ([t for t in paragraph if t.idx < body], [t for t in paragraph if t.idx >= body]):
            yield from _cut(tokens)


def _find_paragraphs(doc: Doc) -> Iterator[list[Token]]:
    """The tokens between line breaks, white space left out."""
    paragraph: list[Token] = []
    for token in doc:
        if not token.is_space:
            paragraph.append(token)
        elif "\n" in token.text and paragraph:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def _cut(tokens: list[Token]) -> Iterator[tuple[int, ...]]:
    while len(tokens) > MOST_WORDS:
        ends = (i for i in range(MOST_WORDS, MOST_WORDS // 4, -1) if may_start_sentence(tokens[i]))
        end = next(ends, MOST_WORDS)
        yield tuple(t.i for t in tokens[:end])
        tokens = tokens[end:]
    if tokens:
        yield tuple(t.i for t in tokens)


def to_batches(doc: Doc, windows: Sequence[tuple[int, ...]], vocabulary: Vocabulary, *, most: int) -> Iterator[Batch]:
    """`windows` of `doc`, those of about one length together, `most` pieces or one window at a time."""
    rows = sorted((_row(doc, window, vocabulary) for window in windows), key=lambda row: (len(row[1]), row[0]))
    while rows:
        count = max(1, sum((i + 1) * len(row[1]) <= most for i, row in enumerate(rows)))
        own, rows = rows[:count], rows[count:]
        yield Batch(tuple(row[0] for row in own), *(_pad([row[i] for row in own]) for i in (1, 2, 3)))


def _row(
    doc: Doc, window: tuple[int, ...], vocabulary: Vocabulary
) -> tuple[tuple[int, ...], list[int], list[int], list[int]]:
    pieces, casings, firsts = [vocabulary.first], [0], [0]
    for i in window:
        own = vocabulary.pieces(doc[i].text)
        case = casing(doc[i].text) + 1
        firsts.append(len(pieces))
        pieces.extend(own)
        casings.extend((case, *[case + len(CASINGS)] * (len(own) - 1)))
    return window, [*pieces, vocabulary.last], [*casings, 0], firsts


def _pad(rows: Sequence[Sequence[int]]) -> Numbers:
    padded = numpy.zeros((len(rows), max(map(len, rows))), dtype="int64")
    for i, row in enumerate(rows):
        padded[i, : len(row)] = row
    return padded
