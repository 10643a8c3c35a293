"""What a running service does for its data directory unasked: about once a second it sees that all is as it must be.

An index that was deleted or damaged under the service is made again from the journal, what could not be indexed on a
full disk is indexed once there is room, and a journal that `kg restore` left there is taken up.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Self

from kg.errors import KgError
from kg.keeper import Keeper

EVERY_SECONDS = 1.0
LONGEST_SECONDS = 60.0
"""What could not be done is tried again after twice as long each time, up to this."""


class Tending:
    """A thread that tends one keeper, from when the context manager is entered until it is left."""

    def __init__(self, keeper: Keeper, tell: Callable[[str], None], *, every: float = EVERY_SECONDS) -> None:
        """Tend `keeper` each `every` seconds; `tell` is called with what a person should see."""
        self._keeper = keeper
        self._tell = tell
        self._every = every
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="tending")

    def __enter__(self) -> Self:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End: what is under way is given up, and done when the directory is next opened."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        wait, trouble = self._every, ""
        while not self._ended.wait(wait):
            try:
                done = self._keeper.tend(self._go_on)
            except _Ended:
                return
            except KgError as error:
                if str(error) != trouble:
                    self._tell(f"kg: {error}; answers are from before, and it is tried again")
                wait, trouble = min(2 * wait, LONGEST_SECONDS), str(error)
            else:
                if done or trouble:
                    self._tell("kg: the index is in order again")
                wait, trouble = self._every, ""

    def _go_on(self, _: int) -> None:
        """Called now and then while the index is made anew."""
        if self._ended.is_set():
            raise _Ended


class _Ended(Exception):
    """The service stops: what is under way is given up."""
