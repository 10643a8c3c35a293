"""What is made from the whole index and kept: statistics, names. Old for up to a minute rather than waited for."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from kg.errors import KgError

Value = TypeVar("Value")

AGEING = {"Cache-Control": "no-cache"}
"""The headers of a response made from it: it changes by itself, so it is not kept with its generation."""

_MAX_AGE_SECONDS = 60.0
_SHARE = 20  # of the time, no more than one part in so many goes into making it
_PATIENCE_SECONDS = 0.25  # so long a fresh one is waited for

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Made(Generic[Value]):
    """A value, the generation it was made from, and when it is to be looked at again, on the monotonic clock."""

    value: Value
    generation: object
    due: float


class Derived(Generic[Value]):
    """One value, made by `make` from one generation of the index, and made again when there is another.

    It is made in a thread of its own, and as seldom as it is costly; where it comes fast, it is waited for. Safe to use
    from many threads.
    """

    def __init__(self, make: Callable[[], Value], generation: Callable[[], object]) -> None:
        """Nothing is made yet; `generation` says, cheaply, which generation there is now."""
        self._make = make
        self._generation = generation
        self._made: _Made[Value] | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="derived")
        self._making: Future[None] | None = None
        self._starting = threading.Lock()

    def get(self) -> Value:
        """What there is, of the newest generation or of the newest a minute ago; the first is waited for.

        Raises:
            KgError: there is none yet, and it cannot be made now.
        """
        self._look_again(_PATIENCE_SECONDS)
        while self._made is None:
            self._look_again(None)
        return self._made.value

    def peek(self) -> Value | None:
        """The same, but None while there is none yet."""
        with suppress(KgError):
            self._look_again(_PATIENCE_SECONDS)
        return self._made.value if self._made else None

    def _start(self) -> None:
        with self._starting:
            if self._making is None or self._making.done():
                self._making = self._thread.submit(self._refresh)

    def _look_again(self, patience: float | None) -> None:
        """See to it that it is made where that is due, and wait for so many seconds."""
        if self._made is None or time.monotonic() >= self._made.due:
            self._start()
            assert self._making is not None
            with suppress(TimeoutError):
                self._making.result(patience)

    def _refresh(self) -> None:
        try:
            self._made = self._make_anew()
        except KgError as error:
            if self._made is None:
                raise
            # As when the service stops, or the index is being made anew: what there is stays.
            _log.warning("what is derived from the index stays as it was: %s", error)
            self._made = replace(self._made, due=time.monotonic() + 1)

    def _make_anew(self) -> _Made[Value]:
        started = time.monotonic()
        generation = self._generation()
        old = self._made
        value = old.value if old is not None and old.generation == generation else self._make()
        ended = time.monotonic()
        return _Made(value, generation, ended + _rest_after(ended - started))


def _rest_after(cost: float) -> float:
    """Seconds in which a value that took `cost` seconds to make is not looked at again."""
    return min(_SHARE * cost, max(_MAX_AGE_SECONDS, 4 * cost))
