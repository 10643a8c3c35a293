"""When a host may be asked again: never two requests at once, a least delay between them, later where it asks us to."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from kg.errors import FetchError

LONGEST_WAIT = 120.0
"""Seconds; who asks for more is left alone for now, rather than waited for."""
_LONGEST_HOLD = 86_400.0


@dataclass(slots=True)
class Pace:
    """Keeps to a pace, host by host; `clock` and `sleep` count in seconds."""

    delay: float
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _free: dict[str, float] = field(default_factory=dict)

    def wait(self, host: str) -> None:
        """Return when `host` may be asked.

        Raises:
            FetchError: that is too long to wait for.
        """
        left = self.left(host)
        if left > LONGEST_WAIT:
            raise FetchError(f"{host} asks to be left alone for {left:.0f} s more; try again then")
        if left > 0:
            self.sleep(left)

    def left(self, host: str) -> float:
        """Seconds until `host` may be asked."""
        return max(0.0, self._free.get(host, 0.0) - self.clock())

    def done(self, host: str, delay: float = 0.0) -> None:
        """A request to `host` has just ended; the next one waits so long, or as long as is usual."""
        self.hold(host, max(delay, self.delay))

    def hold(self, host: str, seconds: float) -> None:
        """`host` is not asked for so many seconds, a day at most."""
        until = self.clock() + min(seconds, _LONGEST_HOLD)
        self._free[host] = max(self._free.get(host, 0.0), until)
