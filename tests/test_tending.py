"""A data directory is tended while a service runs: with a keeper whose index fails and recovers."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import cast

import pytest

from kg.errors import IndexStoreError
from kg.keeper import Keeper, Progress
from kg.tending import Tending


class FakeKeeper:
    """Does what each of `turns` says, then nothing."""

    def __init__(self, *turns: Callable[[Progress], bool]) -> None:
        self.turns = list(turns)
        self.calls = 0
        self.idle = threading.Event()

    def tend(self, progress: Progress) -> bool:
        self.calls += 1
        if self.turns:
            return self.turns.pop(0)(progress)
        self.idle.set()
        return False


def fail(_: Progress) -> bool:
    raise IndexStoreError("the disk is full")


def mend(_: Progress) -> bool:
    return True


def tend(keeper: FakeKeeper, told: list[str]) -> Tending:
    return Tending(cast(Keeper, keeper), told.append, every=0.01)


@pytest.mark.parametrize(
    ("turns", "lines"),
    [
        ((), []),
        ((mend,), ["in order again"]),
        ((fail, fail, fail, mend), ["the disk is full; answers are from before", "in order again"]),
    ],
)
def test_it_says_once_what_is_amiss_and_that_it_is_over(
    turns: tuple[Callable[[Progress], bool], ...], lines: list[str]
) -> None:
    told: list[str] = []
    keeper = FakeKeeper(*turns)
    with tend(keeper, told):
        assert keeper.idle.wait(5)
    assert len(told) == len(lines)
    assert all(line in said for line, said in zip(lines, told, strict=True))


def test_it_tries_less_and_less_often() -> None:
    keeper = FakeKeeper(*[fail] * 1000)
    with tend(keeper, []):
        time.sleep(0.5)
    assert 3 <= keeper.calls <= 6


def test_what_takes_long_is_given_up_when_it_ends() -> None:
    begun = threading.Event()

    def rebuild(progress: Progress) -> bool:
        begun.set()
        for number in range(10_000):
            time.sleep(0.01)
            progress(number)
        raise AssertionError("it was not given up")

    started = time.monotonic()
    with tend(FakeKeeper(rebuild), []):
        assert begun.wait(5)
    assert time.monotonic() - started < 5
