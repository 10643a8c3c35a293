"""What passed and what did not -> tables of docs/conformance.md."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from page import to_table
from w3c.loading import NO_STORE
from w3c.suites import Outcome

REASONS = Path(__file__).with_name("reasons.toml")
UNEXPLAINED = "not explained"


# Of each service, by its title, all outcomes; the tests are the same and in the same order.
Outcomes = Mapping[str, Sequence[Outcome]]


def read_reasons(path: Path = REASONS) -> dict[str, str]:
    """Why we fail a test, by its IRI."""
    found = tomllib.loads(path.read_text("utf-8"))
    return {test: reason["why"] for reason in found.get("reason", ()) for test in reason["tests"]}


def run_table(source: str, day: date) -> str:
    """Which tests were run, and when."""
    return to_table(["tests", "run on"], [[source, day.isoformat()]])


def scores_table(outcomes: Outcomes) -> str:
    """How many tests of each suite each service passes."""
    first = next(iter(outcomes.values()))
    suites = dict.fromkeys(outcome.suite for outcome in first)
    rows = [
        [suite, sum(own.suite == suite for own in first), *(_passed(own, suite) for own in outcomes.values())]
        for suite in suites
    ]
    return to_table(["suite", "tests", *outcomes], rows)


def failures_table(ours: str, outcomes: Outcomes, reasons: Mapping[str, str]) -> str:
    """Each test that we fail, why, and whether the others pass it."""
    others = [title for title in outcomes if title != ours]
    rows = [
        [
            own.suite,
            f"`{own.test}`",
            reasons.get(own.test, UNEXPLAINED),
            *("passes" if outcomes[title][place].fault is None else "fails" for title in others),
        ]
        for place, own in enumerate(outcomes[ours])
        if own.fault is not None
    ]
    return to_table(["suite", "test", "why", *others], rows)


def unexplained(outcomes: Sequence[Outcome], reasons: Mapping[str, str]) -> list[str]:
    """The tests that fail without a reason."""
    return [own.test for own in outcomes if own.fault is not None and own.test not in reasons]


def no_longer_true(outcomes: Sequence[Outcome], reasons: Mapping[str, str]) -> list[str]:
    """The tests that pass and have a reason why they would not."""
    return [own.test for own in outcomes if own.fault is None and own.test in reasons]


def _passed(outcomes: Sequence[Outcome], suite: str) -> int | str:
    faults = [own.fault for own in outcomes if own.suite == suite]
    return NO_STORE if set(faults) == {NO_STORE} else faults.count(None)
