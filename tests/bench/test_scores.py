"""What scorers and tests print, as figures."""

from __future__ import annotations

import sys

from scores import Answer, ask, count_pairs, to_answers


def test_what_the_scorer_does_not_call_wrong_is_right() -> None:
    printed = 'b\tAID\tNONE\t<s>Chad</s> fed\tall\nd\tAID\tAGREE\tx\n{"n": 3}\n'
    pairs = count_pairs({"a": "AID", "b": "AID", "c": "REJECT"}, printed)
    assert pairs == {("AID", "AID"): 1, ("AID", "NONE"): 1, ("REJECT", "REJECT"): 1}


def test_an_answer_is_right_with_all_rows_and_no_other() -> None:
    passed = {
        "test_the_answer_has_the_row[01-a-b-0]": True,
        "test_the_answer_has_the_row[01-a-b-1]": True,
        "test_the_answer_has_no_other_row[01-a-b]": True,
        "test_the_answer_has_the_row[02-c-0]": True,
        "test_the_answer_has_the_row[02-c-1]": False,
        "test_the_answer_has_no_other_row[02-c]": True,
        "test_the_answer_has_the_columns[02-c]": False,
    }
    answers = list(to_answers(passed))
    assert answers == [Answer("01-a-b", 2, 2, True), Answer("02-c", 1, 2, True)]
    assert [answer.right for answer in answers] == [True, False]


def test_what_a_process_holds_at_most_is_told_in_megabytes() -> None:
    small, large = (
        float(ask([sys.executable, "bench/peak.py", sys.executable, "-c", f"bytearray({size})"]))
        for size in (0, 100_000_000)
    )
    assert 80 < large - small < 120
