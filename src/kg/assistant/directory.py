"""The table of names, made when it is first needed and made again, in the background, when the graph has changed."""

from __future__ import annotations

import logging
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from kg.assistant.names import Names
from kg.assistant.source import Source
from kg.errors import KgError

_SHARE = 10  # of the time, no more than one part in so many goes into making it
_UNKNOWN_SECONDS = 600.0  # how long it is good where nobody says whether the graph has changed

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Made:
    """The table, the generation it was made from, when that was, and how long it took, in seconds."""

    names: Names
    generation: int | None
    at: float
    cost: float


class Directory:
    """Gives the names of `source`. Safe to use from many threads."""

    def __init__(self, source: Source) -> None:
        """Nothing is read yet."""
        self._source = source
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="names")
        self._looking = threading.Lock()
        self._making: Future[_Made] | None = None
        self._made: _Made | None = None

    def prepare(self) -> None:
        """Begin to read the names, where that has not begun."""
        with self._looking:
            self._begin()

    def names(self) -> Names:
        """The names of the newest generation, or of one a little older. The first time they are waited for.

        Raises:
            KgError: they cannot be read.
        """
        with self._looking:
            self._take_over()
            if self._made is None or self._is_due(self._made):
                self._begin()
            made, making = self._made, self._making
        if made is not None:
            return made.names
        assert making is not None
        return making.result().names

    def close(self) -> None:
        """Begin nothing more."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _begin(self) -> None:
        if self._making is None or self._making.done():
            self._making = self._thread.submit(self._make)

    def _make(self) -> _Made:
        started = time.monotonic()
        generation = self._source.generation
        names = Names(self._source)
        ended = time.monotonic()
        return _Made(names, generation, ended, ended - started)

    def _take_over(self) -> None:
        """What was being made is what there is, once it is made."""
        if self._making is None or not self._making.done():
            return
        making, self._making = self._making, None
        try:
            self._made = making.result()
        except KgError as error:
            if self._made is not None:
                _log.warning("names stay as they were: %s", error)

    def _is_due(self, made: _Made) -> bool:
        age = time.monotonic() - made.at
        if self._source.generation is None:
            return age > _UNKNOWN_SECONDS
        return self._source.generation != made.generation and age > _SHARE * made.cost
