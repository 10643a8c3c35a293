"""The tables of the page, and the reasons in them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from w3c.outcomes import failures_table, no_longer_true, read_reasons, run_table, scores_table, unexplained
from w3c.suites import Outcome

OURS = [Outcome("A", "a:1", None), Outcome("A", "a:2", "wrong"), Outcome("B", "b:1", "wrong")]
PEER = [Outcome("A", "a:1", "wrong"), Outcome("A", "a:2", None), Outcome("B", "b:1", "no graph store")]
BOTH = {"kg": OURS, "peer 1.0": PEER}


def test_scores_by_suite() -> None:
    assert scores_table(BOTH).splitlines() == [
        "| suite | tests | kg | peer 1.0 |",
        "|---|---|---|---|",
        "| A | 2 | 1 | 1 |",
        "| B | 1 | 0 | no graph store |",
    ]


def test_what_was_run_and_when() -> None:
    assert run_table("a copy", date(2026, 11, 25)).splitlines()[-1] == "| a copy | 2026-11-25 |"


def test_failures_with_their_reasons() -> None:
    assert failures_table("kg", BOTH, {"a:2": "a | b"}).splitlines()[2:] == [
        "| A | `a:2` | a \\| b | passes |",
        "| B | `b:1` | not explained | fails |",
    ]


def test_failures_want_reasons_and_reasons_failures() -> None:
    assert unexplained(OURS, {"a:1": "z", "a:2": "x"}) == ["b:1"]
    assert no_longer_true(OURS, {"a:1": "z", "a:2": "x", "c:1": "elsewhere"}) == ["a:1"]


def test_reasons_are_read_by_test(tmp_path: Path) -> None:
    path = tmp_path / "reasons.toml"
    path.write_text('[[reason]]\nwhy = "so"\ntests = ["a:1", "a:2"]\n')
    assert read_reasons(path) == {"a:1": "so", "a:2": "so"}
    path.write_text("")
    assert read_reasons(path) == {}


def test_the_reasons_that_we_keep_can_be_read() -> None:
    assert all(test.startswith("http") and why for test, why in read_reasons().items())
