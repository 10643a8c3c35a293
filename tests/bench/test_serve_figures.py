"""Windows as figures, and answers compared."""

from __future__ import annotations

import json

import pytest

from serve_answers import read_rows
from serve_figures import Window, milliseconds, mix_rate, percentile, ratio, serve_tables


def window(server: str, mode: str, clients: int, seconds: float, *times: tuple[str, float, int]) -> Window:
    return Window(
        server, mode, clients, 0, seconds, 2.0, 100.0, [(kind, time, status, 10) for kind, time, status in times]
    )


OURS = window("kg serve", "distinct", 2, 4.0, ("a", 0.1, 200), ("a", 0.3, 200), ("b", 1.0, 200), ("c", 9.0, 200))
PEER = window("peer", "distinct", 2, 4.0, ("a", 0.4, 200), ("b", 4.4, 200), ("c", 0.1, 400))


def test_only_answers_count_for_the_rate() -> None:
    assert OURS.rate == 1
    assert PEER.rate == 0.5
    assert (OURS.failed, PEER.failed) == (0, 1)


def test_the_mix_is_gone_through_as_often_as_clients_and_times_allow() -> None:
    assert mix_rate([OURS], ["a", "b"]) == pytest.approx(2 / (0.2 + 1.0))


def test_servers_are_compared_on_what_both_answer() -> None:
    found = ratio([OURS], [PEER], {"a": "same", "b": "same", "c": "status 400"})
    assert found.whole == found.answered == pytest.approx((0.4 + 4.4) / (0.2 + 1.0))
    assert found.each == pytest.approx((2.0 * 4.4) ** 0.5)
    assert (found.is_least, found.processor) == (False, None)


def test_what_took_too_long_counts_as_long_as_anybody_waited() -> None:
    found = ratio([OURS], [PEER], {"a": "same", "b": "same", "c": "longer than 60 s"})
    # Two clients of a peer that answers one after the other: a round takes half the sum of their times, and 60 s.
    assert found.whole == pytest.approx(((0.4 + 4.4) / 2 + 60) / ((0.2 + 1.0 + 9.0) / 2))
    assert found.answered == pytest.approx((0.4 + 4.4) / (0.2 + 1.0))
    assert found.is_least


def test_processors_are_compared_where_the_same_was_asked() -> None:
    found = ratio([OURS], [window("peer", "distinct", 2, 4.0, *((kind, 1.0, 200) for kind in "abc"))], {})
    assert found.processor == pytest.approx((2.0 / 3) / (2.0 / 4))


@pytest.mark.parametrize(
    ("times", "share", "expected"), [([], 0.99, 0), ([1], 0.99, 1), ([3, 1, 2], 0.5, 2), (list(range(200)), 0.99, 198)]
)
def test_percentile(times: list[float], share: float, expected: float) -> None:
    assert percentile(times, share) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0.000421, "0.42 ms"), (0.0171, "17 ms"), (0.0031, "3.1 ms"), (2.31, "2,310 ms")]
)
def test_milliseconds(seconds: float, expected: str) -> None:
    assert milliseconds(seconds) == expected


def to_json(*rows: dict[str, str]) -> bytes:
    bindings = [{name: {"type": "literal", "value": value} for name, value in row.items()} for row in rows]
    return json.dumps({"head": {"vars": []}, "results": {"bindings": bindings}}).encode()


def test_answers_are_the_same_whatever_the_order_and_the_spelling_of_numbers() -> None:
    first = read_rows(to_json({"a": "x, y", "n": "0.50"}, {"a": "z"}))
    assert first == read_rows(to_json({"a": "z"}, {"n": "0.5", "a": "y, x"}))
    assert first != read_rows(to_json({"a": "z"}, {"a": "z"}, {"n": "0.5", "a": "y, x"}))
    assert first != read_rows(to_json({"a": "z"}, {"n": "0.6", "a": "y, x"}))


def test_tables_show_what_was_measured_and_why_something_was_not() -> None:
    answers = {"kg serve": dict.fromkeys("abc", "same"), "peer": {"a": "same", "b": "same", "c": "status 400"}}
    alone = [
        window(one.server, "distinct", 1, one.seconds, *((k, t, s) for k, t, s, _ in one.requests))
        for one in (OURS, PEER)
    ]
    growth = {"10k": alone, "1m": alone}
    found = {
        "ceiling": {1: 20_000.0, 2: 30_000.0},
        "windows": [OURS, PEER, *alone],
        "answers": answers,
        "growth": growth,
        "counts": {"10k": (19, 11_000, 10_000), "1m": (2_500, 1_100_000, 1_000_000)},
    }
    made = serve_tables(found)
    assert "| distinct | 2 | kg serve | 1 | 650 ms | 9,000 ms | 500 ms | 100 MB | 4 | 0 |" in made["serve"]
    assert "| least | 1 | one that does nothing | 20,000 |" in made["serve"]
    assert "| distinct | 2 | peer | 4 | 4 | 3 |  |" in made["serve-ratios"]
    assert "| c | 9,000 ms | status 400 |" in made["serve-questions"]
    assert "| kg serve / peer | 10,000 triples | 1,000,000 triples |" in made["serve-growth"]
    assert "| b | 1,000 ms / 4,400 ms | 1,000 ms / 4,400 ms |" in made["serve-growth"]
