"""Who may run next: two lanes of reader processes, so that long queries never stand in the way of quick ones.

A query starts in the quick lane. Once it has had a processor for a moment and another waits, it makes way: it goes on
in the long lane with the lowest priority, where that has room; else its process is ended, and it starts again in the
long lane when its turn comes. One that has given out part of its answer cannot start again, and goes on in the long
lane in any case, up to a number. Both lanes bound how many queries run, and so the memory; those that wait are bounded
too.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from kg.errors import BusyError, IndexStoreError
from kg.index.reader import Reader

QUICK_SECONDS = 0.05
"""How long a query may keep others waiting in the quick lane, in seconds that it has had a processor."""

_STARTING_SECONDS = 0.15  # what a process needs before it answers anything; no fault of the query
_LONGEST_QUICK = 0.2  # by the clock, where it waits for something else
_LONGEST_START = 1.0  # by the clock, where its process has hardly begun
_LOOK_AGAIN = 0.01

LONG_RUN = 2
LONG_WAIT = 4

_GRACE_SECONDS = 1.0  # after its time the kernel has ended a query for certain


@dataclass(slots=True, eq=False)
class Lease:
    """A reader at work on one query.

    `since`, `deadline`: on the monotonic clock; `spent`: what its process had of processors before. `has_yielded` once
    it runs in the long lane; `is_evicted` once its process was ended for others, or for time; `is_committed` once part
    of its answer was given out.
    """

    reader: Reader
    since: float
    deadline: float
    spent: float = 0.0
    has_yielded: bool = False
    is_evicted: bool = False
    is_committed: bool = False

    def has_had_its_moment(self, now: float) -> bool:
        """True where it has kept others waiting long enough."""
        if now < self.since + QUICK_SECONDS:
            return False
        spent = self.reader.cpu_seconds() - max(self.spent, _STARTING_SECONDS)
        longest = _LONGEST_QUICK if spent > 0 else _LONGEST_START
        return spent >= QUICK_SECONDS or now >= self.since + longest

    @property
    def may_run_again(self) -> bool:
        """True where it was ended for others, not for its time."""
        return self.is_evicted and not self.has_yielded and time.monotonic() < self.deadline


@dataclass(slots=True)
class Lane:
    """Leases that run, tickets of those that wait in turn, readers that are free."""

    size: int
    running: set[Lease] = field(default_factory=set)
    waiting: deque[object] = field(default_factory=deque)
    idle: list[Reader] = field(default_factory=list)

    @property
    def room(self) -> int:
        """How many more may run, those that wait counted as running."""
        return self.size - len(self.running) - len(self.waiting)


class Lanes:
    """The quick and the long lane. Safe to use from many threads, which wait in `enter`."""

    def __init__(self, start: Callable[[], Reader], *, size: int, long_size: int, most_waiting: int, timeout: float):
        """Lanes of `size` and `long_size` readers that `start` starts; none is started yet.

        `timeout`, in seconds, bounds the wait in the quick lane, and then the run; in the long lane, where queries
        have the processor only when no other wants it, it is `LONG_RUN` times as much, and the wait `LONG_WAIT` times.
        """
        self._start = start
        self._timeout = timeout
        self._most_waiting = most_waiting
        self._quick = Lane(size)
        self._long = Lane(long_size)
        self._changed = threading.Condition()
        self._is_closed = False
        self.started = 0

    @property
    def busy(self) -> int:
        """How many queries run."""
        return len(self._quick.running) + len(self._long.running)

    @property
    def waiting(self) -> int:
        """How many queries wait."""
        return len(self._quick.waiting) + len(self._long.waiting)

    def enter(self) -> Lease:
        """A place in the quick lane, in turn.

        Raises:
            BusyError: too many wait already, or none came free in time.
        """
        with self._changed:
            self._make_way()
            is_free = self._quick.room > 0
            if not is_free and self.waiting >= self._most_waiting:
                raise _busy()
            with self._turn(self._quick):
                lease = self._lease(self._quick)
            if not self._quick.idle and self._long.size and self._count() < self._quick.size + self._long.size:
                with suppress(IndexStoreError):  # where none can be started, this query still has its own
                    self._quick.idle.append(self._begin())  # one that is ready when a query yields
            return lease

    def enter_again(self) -> Lease:
        """A place in the long lane, for a query that was evicted from the quick one.

        Raises:
            BusyError: none came free in time.
        """
        with self._changed, self._turn(self._long):
            lease = self._lease(self._long)
            lease.has_yielded = True
            lease.reader.yield_to_others()
            return lease

    def commit(self, lease: Lease) -> bool:
        """Note that part of the answer is given out now; False where the query was evicted before."""
        with self._changed:
            lease.is_committed = not lease.is_evicted
            return lease.is_committed

    def leave(self, lease: Lease, *, reader_is_free: bool) -> None:
        """Take a place back; what its reader still works on ends with it. Done twice, it does nothing."""
        with self._changed:
            lane = self._long if lease.has_yielded else self._quick
            is_running = lease in lane.running
            if not is_running and not lease.is_evicted:
                return
            lane.running.discard(lease)
            lease.is_evicted = False
            room = lane.size + (0 if lease.has_yielded else 1) - len(lane.idle)
            if is_running and reader_is_free and room > 0 and not self._is_closed and lease.reader.is_alive:
                lane.idle.append(lease.reader)
            else:
                lease.reader.close()
            self._changed.notify_all()

    def close(self) -> None:
        """End all readers; queries under way get an error."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
            for lane in (self._quick, self._long):
                for reader in lane.idle:
                    reader.close()
                lane.idle.clear()
                for lease in list(lane.running):
                    self._evict(lane, lease)

    @contextmanager
    def _turn(self, lane: Lane) -> Iterator[None]:
        """Waits until this thread is the first of those that wait and there is room."""
        ticket = object()
        lane.waiting.append(ticket)
        until = time.monotonic() + self._timeout * (LONG_WAIT if lane is self._long else 1)
        try:
            while lane.waiting[0] is not ticket or len(lane.running) >= lane.size:
                now = time.monotonic()
                if now >= until or self._is_closed:
                    raise _busy()
                self._changed.wait(min(until, self._next_chance(now)) - now)
                self._make_way()
            if self._is_closed:
                raise _busy()
            yield
        finally:
            lane.waiting.remove(ticket)
            self._changed.notify_all()

    def _lease(self, lane: Lane) -> Lease:
        reader = self._idle_reader(lane) or self._begin()
        now = time.monotonic()
        seconds = self._timeout * (LONG_RUN if lane is self._long else 1)
        lease = Lease(reader, now, now + seconds + _GRACE_SECONDS, reader.cpu_seconds())
        lane.running.add(lease)
        return lease

    def _begin(self) -> Reader:
        self.started += 1
        return self._start()

    def _count(self) -> int:
        return sum(len(lane.running) + len(lane.idle) for lane in (self._quick, self._long))

    def _idle_reader(self, lane: Lane) -> Reader | None:
        while lane.idle:
            reader = lane.idle.pop()
            if reader.is_alive:
                return reader
            reader.close()
        return None

    def _next_chance(self, now: float) -> float:
        """When something may change by itself: a query has had its moment, or its time."""
        chances = [max(lease.since + QUICK_SECONDS, now + _LOOK_AGAIN) for lease in self._quick.running]
        chances += [lease.deadline for lane in (self._quick, self._long) for lease in lane.running]
        return min((chance for chance in chances if chance > now), default=now + self._timeout)

    def _make_way(self) -> None:
        """Move on those whose moment in the quick lane is over, and free the places of those past their time."""
        now = time.monotonic()
        for lane in (self._quick, self._long):
            for lease in [lease for lease in lane.running if lease.deadline <= now]:
                self._evict(lane, lease)
        if not self._long.size:
            return
        over = [lease for lease in self._quick.running if lease.has_had_its_moment(now)]
        for lease in sorted(over, key=lambda lease: lease.since):
            if self._long.room > 0 or (lease.is_committed and len(self._long.running) < 2 * self._long.size):
                self._quick.running.remove(lease)
                self._long.running.add(lease)
                lease.has_yielded = True
                lease.reader.yield_to_others()
                self._changed.notify_all()
            elif self._quick.waiting and not lease.is_committed:
                self._evict(self._quick, lease)

    def _evict(self, lane: Lane, lease: Lease) -> None:
        # Its pipes are left to the thread that may be reading them.
        lane.running.remove(lease)
        lease.is_evicted = True
        lease.reader.kill()
        self._changed.notify_all()


def _busy() -> BusyError:
    return BusyError("too many queries run and wait already: try again in some seconds")
