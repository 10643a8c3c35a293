"""The access log: one line of JSON about each request, in a file that may be rotated away, or on standard error.

Lines are written by a thread of their own: neither a slow disk nor a full one holds up an answer. What cannot be
written is dropped and counted.
"""

from __future__ import annotations

import json
import os
import queue
import threading
from contextlib import suppress
from pathlib import Path
from typing import Self

from kg.errors import SettingError
from kg.web.accounting import Ending, Served

STANDARD_ERROR = "-"
_STDERR = 2
_MAX_WAITING = 10_000
_MAX_PATH = 500
_BATCH = 500
_CLOSE_SECONDS = 2.0


class AccessLog:
    """Writes what was served; open it with `AccessLog.open`. A context manager, and a sink for `Accounting`."""

    def __init__(self, file: LogFile) -> None:
        """A log in an open file; its thread is started."""
        self._file = file
        self._lines: queue.Queue[bytes | None] = queue.Queue(_MAX_WAITING)
        self._dropped = 0
        self._thread = threading.Thread(target=self._write, name="access log", daemon=True)
        self._thread.start()

    @classmethod
    def open(cls, target: str) -> Self:
        """A log in the file `target`, which is made or added to, or on standard error where it is `-`.

        Raises:
            SettingError: the file cannot be written.
        """
        try:
            return cls(LogFile(None if target == STANDARD_ERROR else Path(target)))
        except OSError as error:
            raise SettingError(
                f"cannot write the access log {target}: {error.strerror}; set KG_ACCESS_LOG to another file"
            ) from error

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def __call__(self, served: Served) -> None:
        """Write a line soon; where too many wait already, drop it."""
        try:
            self._lines.put_nowait(to_line(served))
        except queue.Full:
            self._dropped += 1

    @property
    def dropped(self) -> int:
        """How many lines were not written."""
        return self._dropped + self._file.dropped

    def reopen(self) -> None:
        """Go on in a file of the same name, where the old one was moved away. It is also done unasked."""
        self._file.is_stale = True

    def close(self) -> None:
        """Write what waits, as far as that takes no more than two seconds."""
        with suppress(queue.Full):
            self._lines.put_nowait(None)
        self._thread.join(_CLOSE_SECONDS)

    def _write(self) -> None:
        is_open = True
        while is_open:
            lines = [self._lines.get()]
            with suppress(queue.Empty):
                while len(lines) < _BATCH:
                    lines.append(self._lines.get_nowait())
            self._file.write([line for line in lines if line is not None])
            is_open = None not in lines


class LogFile:
    """A file that is added to, line by line; one moved away or removed is made anew. Not for several threads.

    The `logging.handlers.WatchedFileHandler` of the standard library is much the same, but keeps what a full disk did
    not take and writes it later, by halves.
    """

    def __init__(self, path: Path | None) -> None:
        """The file at `path`, or standard error; OSError where it cannot be opened."""
        self._path = path
        self._descriptor = _STDERR if path is None else _open(path)
        self._is_torn = False
        self.is_stale = False
        self.dropped = 0

    def write(self, lines: list[bytes]) -> None:
        """Add `lines`; what does not go in is dropped and counted."""
        try:
            self._follow()
            # A line that the disk took half of gets an end of its own.
            content = b"\n" * self._is_torn + b"".join(lines)
            written = 0
            while written < len(content):
                written += os.write(self._descriptor, content[written:])
                self._is_torn = content[written - 1 : written] != b"\n"
        except OSError:
            self.dropped += len(lines)

    def _follow(self) -> None:
        """Open the file again where its name now is another file's, or nobody's."""
        if self._path is None or not (self.is_stale or self._is_moved()):
            return
        self.is_stale = False
        fresh = _open(self._path)
        os.close(self._descriptor)
        self._descriptor = fresh
        self._is_torn = False

    def _is_moved(self) -> bool:
        assert self._path
        try:
            return not os.path.samestat(os.stat(self._path), os.fstat(self._descriptor))
        except FileNotFoundError:
            return True


def to_line(served: Served) -> bytes:
    """What was served, as a line of JSON in ASCII. It has no query string, no header and no token.

    Of a query it has the hash, and what is known of the answer; of another request how it ended, where it did not end
    well.
    """
    account = served.account
    members: dict[str, object] = {
        "time": served.time.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "client": served.client,
        "method": served.method[:_MAX_PATH],
        "path": served.path[:_MAX_PATH],
        "status": int(served.status),
        "seconds": round(served.seconds, 4),
        "bytes": served.sent,
    }
    if account.query is not None:
        known = {"rows": account.rows, "cached": account.cached, "generation": account.generation}
        members |= {"query": account.query, **{name: value for name, value in known.items() if value is not None}}
    if account.query is not None or served.ending in (Ending.DISCONNECTED, Ending.FAILED):
        members["outcome"] = served.ending
    return json.dumps(members, separators=(",", ":")).encode() + b"\n"


def _open(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o640)
