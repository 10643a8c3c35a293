from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from kg.errors import BusyError, IndexStoreError
from kg.index.lanes import QUICK_SECONDS, Lanes


class FakeReader:
    """A reader that is as alive as it is told to be."""

    def __init__(self):
        self.is_alive = True
        self.is_niced = False

    def yield_to_others(self):
        self.is_niced = True

    def cpu_seconds(self):
        return time.monotonic()

    def kill(self):
        self.is_alive = False

    close = kill


def lanes(**options):
    settings = {"size": 1, "long_size": 1, "most_waiting": 8, "timeout": 5.0} | options
    return Lanes(FakeReader, **settings)


def test_a_reader_is_used_again():
    pool = lanes(long_size=0)
    first = pool.enter()
    pool.leave(first, reader_is_free=True)
    second = pool.enter()
    assert second.reader is first.reader
    assert (pool.busy, pool.waiting, pool.started) == (1, 0, 1)


def test_a_reader_still_at_work_is_ended():
    pool = lanes(long_size=0)
    lease = pool.enter()
    pool.leave(lease, reader_is_free=False)
    assert not lease.reader.is_alive
    assert pool.enter().reader is not lease.reader


def test_a_query_keeps_its_place_where_no_second_reader_can_be_started():
    readers = iter([FakeReader()])

    def start():
        if (reader := next(readers, None)) is None:
            raise IndexStoreError("cannot start a process")
        return reader

    pool = Lanes(start, size=1, long_size=1, most_waiting=8, timeout=5.0)
    lease = pool.enter()
    assert (lease.reader.is_alive, pool.busy) == (True, 1)
    pool.leave(lease, reader_is_free=True)
    assert pool.busy == 0


def test_leaving_twice_does_nothing():
    pool = lanes(long_size=0)
    first = pool.enter()
    pool.leave(first, reader_is_free=True)
    second = pool.enter()
    pool.leave(first, reader_is_free=False)
    assert second.reader.is_alive
    assert pool.busy == 1


def test_a_quick_query_does_not_wait_for_a_long_one():
    pool = lanes()
    long = pool.enter()
    start = time.monotonic()
    quick = pool.enter()
    assert time.monotonic() - start < QUICK_SECONDS + 1
    assert long.has_yielded
    assert long.reader.is_niced
    assert long.reader.is_alive
    assert not quick.has_yielded
    assert pool.busy == 2


def test_a_query_that_nobody_waits_for_stays_where_it_is():
    pool = lanes(size=2)
    long = pool.enter()
    time.sleep(QUICK_SECONDS + 0.05)
    assert not long.has_yielded


def test_where_the_long_lane_is_full_the_query_must_start_again():
    pool = lanes()
    first, second, third = pool.enter(), pool.enter(), pool.enter()
    assert first.has_yielded
    assert second.may_run_again
    assert not second.reader.is_alive
    assert third.reader.is_alive
    with ThreadPoolExecutor(1) as threads:
        pool.leave(second, reader_is_free=True)
        again = threads.submit(pool.enter_again)
        time.sleep(0.05)
        assert not again.done()
        pool.leave(first, reader_is_free=True)
        lease = again.result(1)
    assert lease.has_yielded
    assert lease.reader.is_niced
    assert not lease.may_run_again


def test_what_was_given_out_in_part_is_not_started_again():
    pool = lanes()
    pool.enter()
    second = pool.enter()
    assert pool.commit(second)
    third = pool.enter()
    assert second.has_yielded
    assert not second.is_evicted
    # Twice the size of the long lane is the most of those.
    assert pool.commit(third)
    with ThreadPoolExecutor(1) as threads:
        fourth = threads.submit(pool.enter)
        time.sleep(QUICK_SECONDS + 0.1)
        assert not fourth.done()
        pool.leave(third, reader_is_free=True)
        fourth.result(1)


def test_an_evicted_query_can_give_nothing_out():
    pool = lanes()
    pool.enter()
    second = pool.enter()
    pool.enter()
    assert not pool.commit(second)


def test_more_than_may_wait_are_refused_at_once():
    pool = lanes(long_size=0, most_waiting=2, timeout=0.5)
    pool.enter()
    with ThreadPoolExecutor(2) as threads:
        waiting = [threads.submit(pool.enter) for _ in range(2)]
        while pool.waiting < 2:
            time.sleep(0.01)
        start = time.monotonic()
        with pytest.raises(BusyError):
            pool.enter()
        assert time.monotonic() - start < 0.2
        assert {type(one.exception()) for one in waiting} == {BusyError}
    assert pool.waiting == 0


def test_turns_are_taken_in_order():
    pool = lanes(long_size=0)
    lease = pool.enter()
    order = []

    def enter(number):
        own = pool.enter()
        order.append(number)
        pool.leave(own, reader_is_free=True)

    threads = []
    for number in range(5):
        threads.append(threading.Thread(target=enter, args=(number,)))
        threads[-1].start()
        while pool.waiting <= number:
            time.sleep(0.001)
    pool.leave(lease, reader_is_free=True)
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]


def test_what_is_past_its_time_loses_its_place():
    pool = lanes(long_size=0)
    late = pool.enter()
    late.deadline = time.monotonic() + 0.05
    pool.enter()
    assert late.is_evicted
    assert not late.may_run_again


def test_closing_ends_what_runs_and_refuses_what_waits():
    pool = lanes(long_size=0)
    running = pool.enter()
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(pool.enter)
        while not pool.waiting:
            time.sleep(0.01)
        pool.close()
        assert isinstance(waiting.exception(1), BusyError)
    assert not running.reader.is_alive


def test_a_query_that_has_had_no_processor_keeps_its_place():
    pool = lanes()
    waiting = pool.enter()
    waiting.reader.cpu_seconds = lambda: waiting.spent
    start = time.monotonic()
    pool.enter()
    assert time.monotonic() - start > 5 * QUICK_SECONDS
