"""Scores of entity labels -> the best sequence of them in which every I follows its own kind (Viterbi 1967)."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence

import numpy
from numpy.typing import NDArray

_NEVER = -1e9


def find_labels(scores: NDArray[numpy.float32], labels: Sequence[str]) -> list[str]:
    """One label for each word.

    Args:
        scores: of shape (words, labels), larger is likelier.
        labels: `O`, and `B-` and `I-` with each kind.
    """
    if not len(scores):
        return []
    # The likeliest label of each word for itself, where the rules let them stand together, is the best there is.
    alone = [labels[i] for i in scores.argmax(1).tolist()]
    if all(itertools.starmap(_may_follow, itertools.pairwise(["O", *alone]))):
        return alone
    allowed = _allowed(tuple(labels))
    best = scores[0] + allowed[labels.index("O")]
    back = []
    for row in scores[1:]:
        ways = best[:, None] + allowed
        back.append(ways.argmax(0))
        best = ways.max(0) + row
    path = [int(best.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return [labels[i] for i in reversed(path)]


@functools.cache
def _allowed(labels: tuple[str, ...]) -> NDArray[numpy.float64]:
    """What is added to the score of each label (column) after each other (row)."""
    return numpy.array([[0.0 if _may_follow(before, after) else _NEVER for after in labels] for before in labels])


def _may_follow(before: str, after: str) -> bool:
    return not after.startswith("I-") or before[2:] == after[2:]
