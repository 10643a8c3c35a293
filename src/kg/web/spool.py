"""Answers that wait on disk for whoever takes them slowly, so that no reader waits."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import AsyncIterator

from starlette.concurrency import run_in_threadpool

from kg.errors import BusyError, IndexStoreError, KgError, QueryRowsError
from kg.web.querier import Answer

PIECE = 1 << 17
"""Most bytes given out at once."""


class Room:
    """What all spools together may hold. Safe to use from many threads."""

    def __init__(self, most_bytes: int) -> None:
        """Room for so much."""
        self._left = most_bytes
        self._lock = threading.Lock()

    def take(self, size: int) -> None:
        """Take so much of it.

        Raises:
            BusyError: there is no more.
        """
        with self._lock:
            if size > self._left:
                raise BusyError("too many large answers wait for their clients: try again in some seconds")
            self._left -= size

    def give_back(self, size: int) -> None:
        """Give so much of it back."""
        with self._lock:
            self._left += size


class Spool:
    """One answer, taken from its reader as fast as that gives it, and given out as fast as the client takes it.

    What is not taken yet lies in a temporary file without a name, `most_bytes` at most, and of all what `room` has.
    """

    def __init__(self, answer: Answer, *, most_bytes: int, room: Room) -> None:
        """A spool of `answer`, which is taken by a thread of its own from now on."""
        self._answer = answer
        self._room = room
        self._most_bytes = most_bytes
        try:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
        except OSError as error:
            answer.close()
            raise _no_room(error) from error
        self._written = self._taken = 0
        self._is_done = False
        # What `pieces` raises at the end, unless all has come: a fault in the thread must not look like a whole answer.
        self._error: Exception | None = KgError("the answer broke off; the fault stands in the log")
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._fill, name="spool", daemon=True)
        self._thread.start()

    async def pieces(self) -> AsyncIterator[bytes]:
        """The answer, piece by piece.

        Raises:
            KgError: the rest of it cannot be had.
        """
        position = 0
        while piece := self._read(position) or await run_in_threadpool(self._await, position):
            position += len(piece)
            yield piece

    def close(self) -> None:
        """Let go of reader and file; done twice, it does nothing."""
        self._answer.close()
        self._thread.join()
        self._file.close()
        self._room.give_back(self._taken)
        self._taken = 0

    def _fill(self) -> None:
        try:
            for chunk in self._answer:
                self._write(chunk)
            self._error = None
        except OSError as error:
            self._error = _no_room(error)
        except KgError as error:
            self._error = error
        finally:
            self._answer.close()
            with self._changed:
                self._is_done = True
                self._changed.notify_all()

    def _write(self, chunk: bytes) -> None:
        if self._written + len(chunk) > self._most_bytes:
            most = f"{self._most_bytes / 1_000_000:g} MB"
            raise QueryRowsError(f"the answer is larger than {most}: ask for less, or raise KG_MAX_ANSWER_MB")
        self._room.take(len(chunk))
        self._taken += len(chunk)
        view = memoryview(chunk)
        while view:
            view = view[os.pwrite(self._file.fileno(), view, self._written + len(chunk) - len(view)) :]
        with self._changed:
            self._written += len(chunk)
            self._changed.notify_all()

    def _read(self, position: int) -> bytes:
        """What is there from `position` on, a piece at most."""
        return os.pread(self._file.fileno(), min(PIECE, self._written - position), position)

    def _await(self, position: int) -> bytes:
        """The same, once there is something; nothing at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._written > position or self._is_done)
        if self._written == position and self._error is not None:
            raise self._error
        return self._read(position)


def _no_room(error: OSError) -> IndexStoreError:
    return IndexStoreError(f"an answer cannot wait on disk ({error.strerror}): free some space where TMPDIR is")
