"""Scores of entity labels -> the best sequence of them in which every I follows its own kind (Viterbi 1967)."""

from __future__ import annotations

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
    allowed = numpy.array([[_may_follow(before, after) for after in labels] for before in labels])
    starts = numpy.array([0.0 if not label.startswith("I-") else _NEVER for label in labels])
    best = scores[0] + starts
    back = []
    for row in scores[1:]:
        ways = best[:, None] + allowed
        back.append(ways.argmax(0))
        best = ways.max(0) + row
    path = [int(best.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return [labels[i] for i in reversed(path)]


def _may_follow(before: str, after: str) -> float:
    return _NEVER if after.startswith("I-") and before[2:] != after[2:] else 0.0
