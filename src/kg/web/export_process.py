"""Exports as answers: each is worked out by a process of its own (`kg.exporting`), few of them at once."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator, Mapping
from typing import Any

from kg.errors import BusyError, ExportError, JournalError, KgError, QueryMemoryError
from kg.index.child import Child
from kg.index.frames import DATA, END, ERROR, read_frame

_MODULE = "kg.exporting"
_ERRORS: dict[str, type[KgError]] = {error.__name__: error for error in (ExportError, JournalError)}


class ExportSlots:
    """How many exports are worked out at once. Safe to use from many threads."""

    def __init__(self, most: int, *, patience: float) -> None:
        """`most` at once; one more waits for `patience` seconds."""
        self._slots = threading.BoundedSemaphore(most)
        self._patience = patience

    def take(self) -> None:
        """Wait for one.

        Raises:
            BusyError: there was none in time.
        """
        if not self._slots.acquire(timeout=self._patience):
            raise BusyError("other exports are being written: try again later")

    def give_back(self) -> None:
        """Give it back."""
        self._slots.release()


class ExportAnswer:
    """The bytes of one export, as they come; a `kg.web.querier.Answer` of kind `table`. Close it."""

    kind = "table"
    generation = 0
    rows: int | None = None
    is_whole = False

    def __init__(self, config: Mapping[str, Any], media_type: str, slots: ExportSlots, memory_mb: int) -> None:
        """Start the process that writes what `config` says, within `memory_mb` megabytes.

        Raises:
            BusyError: too many exports are being written already.
            IndexStoreError: no process can be started.
        """
        self.media_type = media_type
        self._memory_mb = memory_mb
        self._slots = slots
        self._closing = threading.Lock()
        self._is_open = True
        slots.take()
        try:
            self._child = Child(_MODULE, {**config, "memory_mb": memory_mb}, purpose="to write an export")
        except BaseException:
            slots.give_back()
            raise
        try:
            # What goes wrong before there is anything to give is an error, not an answer cut short.
            self._ahead = [self._next()]
        except BaseException:
            self.close()
            raise

    def __iter__(self) -> Iterator[bytes]:
        """The bytes; what goes wrong after the first of them is raised here."""
        while chunk := self._ahead.pop() if self._ahead else self._next():
            yield chunk

    def close(self) -> None:
        """End the process and give its place to another; done twice, it does nothing."""
        with self._closing:
            if self._is_open:
                self._is_open = False
                self._child.close()
                self._slots.give_back()

    def _next(self) -> bytes:
        """The next bytes; none at the end."""
        try:
            while frame := read_frame(self._child.stdout):
                kind, payload = frame
                if kind == ERROR:
                    error = json.loads(payload)
                    raise _ERRORS.get(error["error"], KgError)(error["message"])
                if kind == END:
                    return b""
                if kind == DATA:
                    return payload
        except ValueError:  # closed by another thread
            pass
        raise self._cause_of_death()

    def _cause_of_death(self) -> KgError:
        if -self._child.process.wait() == signal.SIGABRT:
            most = f"{self._memory_mb} MB of memory"
            return QueryMemoryError(f"the export ran past its {most}: select less, or raise KG_QUERY_MEMORY_MB")
        return KgError("the process that wrote the export ended before its time; the fault is ours")
