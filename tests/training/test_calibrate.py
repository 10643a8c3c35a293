"""Confidence fitted to cases, and what is said of how it holds."""

from __future__ import annotations

import math

import numpy
import pytest

from calibrate import Case, Part, calibrate, cross_validate, fit, to_toml


def cases(right: int, wrong: int, sign: float, article: str = "a") -> list[Case]:
    return [Case(article, {"sign": sign}, i < right) for i in range(right + wrong)]


def share(weights: numpy.ndarray, sign: float) -> float:
    return float(1 / (1 + math.exp(-weights[0] - weights[1] * sign)))


def test_a_sign_of_right_facts_has_a_weight() -> None:
    weights = fit([*cases(90, 10, 1.0), *cases(50, 50, 0.0)])
    assert share(weights, 1.0) == pytest.approx(0.9, abs=0.04)
    assert share(weights, 0.0) == pytest.approx(0.5, abs=0.04)


def test_what_was_never_wrong_is_not_certain() -> None:
    assert share(fit(cases(18, 0, 0.0)), 0.0) == pytest.approx(19 / 20)


def test_weights_are_written_by_name() -> None:
    assert to_toml(cases(5, 5, 0.0)) == "intercept = 0.000\nsign = 0.000\n"


def test_an_article_is_judged_by_the_others() -> None:
    found = cross_validate([*cases(20, 0, 0.0, "a"), *cases(0, 20, 0.0, "b")])
    assert found.parts[0] == Part(pytest.approx(1 / 22), 1.0, 8)
    assert found.parts[-1] == Part(pytest.approx(21 / 22), 0.0, 8)


def test_confidence_is_compared_with_truth_by_fifths() -> None:
    said = numpy.array([0.9, 0.1, 0.2, 0.8, 0.5])
    found = calibrate(said, numpy.array([1.0, 0.0, 0.0, 1.0, 1.0]))
    assert [(part.said, part.right) for part in found.parts] == [(0.1, 0), (0.2, 0), (0.5, 1), (0.8, 1), (0.9, 1)]
    assert found.error == pytest.approx((0.1 + 0.2 + 0.5 + 0.2 + 0.1) / 5)
    assert (found.right, found.count, found.area) == (0.6, 5, 1.0)


@pytest.mark.parametrize(
    "right, area",
    [([1.0, 1.0], None), ([0.0, 0.0], None), ([1.0, 0.0], 0.5), ([0.0, 1.0], 0.5)],
)
def test_the_area_counts_ties_half_and_needs_both(right: list[float], area: float | None) -> None:
    assert calibrate(numpy.array([0.5, 0.5]), numpy.array(right)).area == area
