from __future__ import annotations

import itertools

import numpy
import pytest

from kg.language.trees import find_heads


def is_tree(heads: tuple[int, ...]) -> bool:
    """True where `heads` has one root and every word leads to it."""
    if heads.count(0) != 1:
        return False
    for start in range(1, len(heads) + 1):
        seen, node = set(), start
        while node and node not in seen:
            seen.add(node)
            node = heads[node - 1]
        if node:
            return False
    return True


def total(scores: numpy.ndarray, heads: tuple[int, ...]) -> float:
    return float(sum(scores[i, head] for i, head in enumerate(heads)))


@pytest.mark.parametrize("words", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("seed", range(12))
def test_no_tree_is_better(words: int, seed: int) -> None:
    scores = numpy.random.default_rng(seed).normal(size=(words, words + 1)).astype("float32")
    found = tuple(int(h) for h in find_heads(scores))
    trees = [h for h in itertools.product(range(words + 1), repeat=words) if is_tree(h)]
    assert is_tree(found)
    assert total(scores, found) == pytest.approx(max(total(scores, tree) for tree in trees), abs=1e-4)


def test_a_long_sentence_gives_a_tree() -> None:
    scores = numpy.random.default_rng(1).normal(size=(120, 121)).astype("float32")
    assert is_tree(tuple(int(h) for h in find_heads(scores)))


def test_scores_are_left_alone() -> None:
    scores = numpy.ones((3, 4), dtype="float32")
    find_heads(scores)
    assert (scores == 1).all()
