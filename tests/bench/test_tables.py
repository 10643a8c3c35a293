"""Figures as tables."""

from __future__ import annotations

from collections import Counter

from tables import confusion_table, facts_table
from targets import Target, megabytes


def test_what_falls_short_is_bold() -> None:
    share = Target("share", "a", 0.8, 0.855)
    assert share.row({"a": 0.8}) == ["share", ".80", ".855", "", ".800"]
    assert share.row({"a": 0.799})[-1] == "**.799**"
    memory = Target("memory", "b", 1200, show=megabytes, more_is_better=False)
    assert memory.row({"b": 400}) == ["memory", "1,200 MB", "", "", "400 MB"]
    assert memory.row({"b": 1201})[-1] == "**1,201 MB**"


def test_confusion_counts_gold_down_and_found_across() -> None:
    pairs = Counter({("AID", "AID"): 2, ("AID", "NONE"): 1, ("REJECT", "AGREE"): 1})
    assert confusion_table(pairs).splitlines() == [
        "| people, down; found, across | AID | REJECT | AGREE | NONE | all |",
        "|---|---|---|---|---|---|",
        "| AID | 2 |  |  | 1 | 3 |",
        "| REJECT |  |  | 1 |  | 1 |",
    ]


def test_a_part_that_was_never_asked_for_has_no_figure() -> None:
    layers = {"events": {"p": 0.5, "r": 1.0, "f1": 0.667, "gold": 1, "predicted": 2, "date": [1.0, 1]}}
    sample = {"events": {"p": 0.0, "r": 0.0, "f1": 0.0, "gold": 3, "predicted": 0}}
    assert facts_table(layers, sample).splitlines()[2:] == [
        "| events | precision | .500 | 2 | .000 | 0 |",
        "| events | recall | 1.000 | 1 | .000 | 3 |",
        "| events | F1 | .667 |  | .000 |  |",
        "| events | date right | 1.000 | 1 |  |  |",
    ]
