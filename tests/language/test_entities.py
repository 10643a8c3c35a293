from __future__ import annotations

import itertools

import numpy
import pytest

from kg.language.entities import find_labels

LABELS = ["B-LOC", "B-ORG", "I-LOC", "I-ORG", "O"]


def is_allowed(labels: tuple[str, ...]) -> bool:
    return all(not a.startswith("I-") or b[2:] == a[2:] for b, a in itertools.pairwise(("O", *labels)))


@pytest.mark.parametrize("seed", range(10))
def test_no_allowed_sequence_is_better(seed: int) -> None:
    scores = numpy.random.default_rng(seed).normal(size=(4, len(LABELS))).astype("float32")

    def total(labels: tuple[str, ...]) -> float:
        return float(sum(scores[i, LABELS.index(label)] for i, label in enumerate(labels)))

    found = tuple(find_labels(scores, LABELS))
    assert is_allowed(found)
    assert total(found) == pytest.approx(max(map(total, filter(is_allowed, itertools.product(LABELS, repeat=4)))))


def test_no_words_no_labels() -> None:
    assert find_labels(numpy.zeros((0, 5), dtype="float32"), LABELS) == []
