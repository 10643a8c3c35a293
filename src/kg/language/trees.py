"""Arc scores -> heads: the best tree over the words of a sentence, by Chu and Liu (1965) and Edmonds (1967)."""

from __future__ import annotations

import numpy
from numpy.typing import NDArray

Scores = NDArray[numpy.float32]
Heads = NDArray[numpy.int64]

# Taken off every arc from the root, so that the best tree uses one and no more.
_ROOT_PENALTY = 1e4


def find_heads(scores: Scores) -> Heads:
    """The head of each word, 0 for the one under the root, else counted from 1.

    Args:
        scores: of shape (words, words + 1): how well each word (row) goes under the root (column 0) or a word.
    """
    heads: Heads = _without_loops(scores).argmax(1)
    if (heads == 0).sum() == 1 and not _find_cycle(numpy.concatenate(([0], heads))):
        return heads
    square = numpy.zeros((len(scores) + 1, len(scores) + 1))
    square[1:] = _without_loops(scores)
    tree = _best_tree(square)[1:]
    if (tree == 0).sum() > 1:
        square[1:, 0] -= _ROOT_PENALTY
        tree = _best_tree(square)[1:]
    return tree


def _without_loops(scores: Scores) -> Scores:
    alone = scores.copy()
    rows = numpy.arange(len(scores))
    alone[rows, rows + 1] = -1e9
    return alone


def _find_cycle(heads: Heads) -> list[int]:
    """The nodes of a cycle in `heads` (node 0 is the root), empty if there is none."""
    done: set[int] = {0}
    for start in range(1, len(heads)):
        path: list[int] = []
        node = start
        while node not in done and node not in path:
            path.append(node)
            node = int(heads[node])
        if node not in done:
            return path[path.index(node) :]
        done.update(path)
    return []


def _best_tree(scores: NDArray[numpy.float64]) -> Heads:
    """The heads of the best tree under node 0; `scores[i, j]` is that of `i` under `j`."""
    heads: Heads = scores.argmax(1)
    heads[0] = 0
    cycle = _find_cycle(heads)
    if not cycle:
        return heads
    inside = numpy.array(cycle)
    rest = numpy.setdiff1d(numpy.arange(len(scores)), inside)
    own = scores[inside, heads[inside]]
    # One node more stands for the cycle: what goes in breaks one arc of it, what comes out leaves its best node.
    entering = scores[numpy.ix_(inside, rest)] - own[:, None]
    leaving = scores[numpy.ix_(rest, inside)]
    small = numpy.full((len(rest) + 1, len(rest) + 1), -1e9)
    small[:-1, :-1] = scores[numpy.ix_(rest, rest)]
    small[-1, :-1] = entering.max(0)
    small[:-1, -1] = leaving.max(1)
    found = _best_tree(small)
    for i, node in enumerate(rest[1:], start=1):
        under = int(found[i])
        heads[node] = rest[under] if under < len(rest) else inside[leaving[i].argmax()]
    entry = int(found[-1])
    broken = int(inside[entering[:, entry].argmax()])
    heads[broken] = rest[entry]
    return heads
