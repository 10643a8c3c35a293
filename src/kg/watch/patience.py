"""Waiting for a place that is taken just now."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from kg.errors import LockedError, ServiceError

_TRY_AGAIN_SECONDS = 5.0


@dataclass(slots=True)
class Patience:
    """Waits, says so once, and gives up after `limit` seconds where there is one."""

    tell: Callable[[str], None]
    limit: float | None = None
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _since: float | None = None

    def wait(self, error: LockedError | ServiceError) -> None:
        """Return when it may be tried again.

        Raises:
            LockedError, ServiceError: it was tried long enough; this is `error`.
        """
        if self._since is None:
            self._since = self.clock()
            self.tell(f"Waiting: {error}")
        elif self.limit is not None and self.clock() - self._since >= self.limit:
            raise error
        self.sleep(_TRY_AGAIN_SECONDS)

    def end(self) -> None:
        """It went well."""
        if self._since is not None:
            self._since = None
            self.tell("Going on.")
