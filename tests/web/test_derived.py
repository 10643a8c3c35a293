from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from kg.errors import IndexStoreError
from kg.web import derived
from kg.web.derived import Derived


@pytest.fixture
def no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derived, "_rest_after", lambda cost: 0.0)


def counting() -> Callable[[], int]:
    made: list[None] = []

    def make() -> int:
        made.append(None)
        return len(made)

    return make


@pytest.mark.usefixtures("no_rest")
def test_it_is_made_once_per_generation() -> None:
    generations = [1, 1, 1, 2, 2, 3]
    found = Derived(counting(), lambda: generations.pop(0))
    assert [found.get() for _ in range(6)] == [1, 1, 1, 2, 2, 3]


def test_for_a_while_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derived, "_rest_after", lambda cost: 1000.0)
    generations = [1]
    found = Derived(counting(), lambda: generations.pop())
    assert [found.get() for _ in range(3)] == [1, 1, 1]


@pytest.mark.usefixtures("no_rest")
def test_what_is_old_is_given_rather_than_waited_for() -> None:
    generations = iter(range(10))
    go = threading.Event()
    values = iter("ab")

    def make() -> str:
        value = next(values)
        assert value == "a" or go.wait(10)
        return value

    found = Derived(make, lambda: next(generations))
    assert found.get() == "a"
    started = time.monotonic()
    assert found.get() == "a"
    assert time.monotonic() - started < 5
    go.set()
    assert found.get() == "b"


def test_while_there_is_none_it_is_none() -> None:
    go = threading.Event()
    found = Derived(lambda: go.wait(10) and "made", lambda: 1)
    assert found.peek() is None
    go.set()
    assert found.get() == "made"
    assert found.peek() == "made"


@pytest.mark.usefixtures("no_rest")
def test_what_there_is_survives_a_failing_index() -> None:
    generations = iter([1])

    def generation() -> int:
        try:
            return next(generations)
        except StopIteration:
            raise IndexStoreError("gone") from None

    found = Derived(counting(), generation)
    assert [found.get(), found.get(), found.peek()] == [1, 1, 1]


def test_a_failing_index_is_told_while_there_is_none() -> None:
    def generation() -> int:
        raise IndexStoreError("not there yet")

    found = Derived(counting(), generation)
    assert found.peek() is None
    with pytest.raises(IndexStoreError, match="not there yet"):
        found.get()


def test_many_threads_make_it_once() -> None:
    make = counting()
    found = Derived(lambda: (time.sleep(0.1), make())[1], lambda: 1)
    values: list[int] = []
    threads = [threading.Thread(target=lambda: values.append(found.get())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert values == [1] * 8


@pytest.mark.parametrize(("cost", "rest"), [(0.001, 0.02), (1, 20), (3, 60), (10, 60), (30, 120)])
def test_the_costlier_the_rarer(cost: float, rest: float) -> None:
    assert derived._rest_after(cost) == pytest.approx(rest)
