"""What changes in the watched folders, as the system tells it, by watchfiles."""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from typing import Self

from watchfiles import watch

from kg.errors import SettingError

_STEP_MS = 250


class Changes:
    """A context manager; while it is open, it notes what changes.

    watchfiles waits in a thread of its own: a signal that comes while it waits in the main thread is lost to Python.
    """

    def __init__(self, folders: Sequence[str]) -> None:
        """Changes below `folders`."""
        self._folders = folders
        self._found: queue.SimpleQueue[set[str] | Exception] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch folders", daemon=True)

    def __enter__(self) -> Self:
        """Itself."""
        if self._folders:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End the thread."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def wait(self, seconds: float) -> set[str]:
        """The paths where something changes within `seconds`, as soon as something does.

        Raises:
            SettingError: the folders cannot be watched.
        """
        try:
            found = self._found.get(timeout=max(0.0, seconds))
        except queue.Empty:
            return set()
        if isinstance(found, Exception):
            raise SettingError(
                f"cannot watch {', '.join(self._folders)} ({found}): check that they are there; where the system "
                "allows no more watches, raise fs.inotify.max_user_watches or set WATCHFILES_FORCE_POLLING=true"
            ) from found
        return found

    def _run(self) -> None:
        try:
            changes = watch(
                *self._folders,
                watch_filter=None,
                stop_event=self._stop,
                rust_timeout=_STEP_MS,
                debounce=_STEP_MS,
                ignore_permission_denied=True,
            )
            for found in changes:
                self._found.put({path for _, path in found})
        except (OSError, RuntimeError) as error:
            self._found.put(error)
