"""How a verb is told to end."""

from __future__ import annotations


class Stopped(BaseException):
    """A signal asks the process to end; raised wherever it is just then."""

    def __init__(self, number: int) -> None:
        """Stopped by signal `number`."""
        self.number = number
