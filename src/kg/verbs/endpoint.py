"""Whom a verb asks: an endpoint, or the data directory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from kg import terminal
from kg.asking import Asked, open_current
from kg.index.remote import RemoteIndex
from kg.settings import Settings


@contextmanager
def open_endpoint(endpoint: str | None, settings: Settings, *, alone: bool = True) -> Iterator[Asked]:
    """What answers queries: the endpoint, else the data directory, `alone` one query at a time."""
    if endpoint is not None:
        yield RemoteIndex.connect(endpoint, timeout=settings.query_timeout)
        return
    with ExitStack() as stack:
        with terminal.progress("Opening the data directory") as step:
            asked = stack.enter_context(open_current(settings, terminal.tell, tell_indexed(step), alone=alone))
        yield asked


def tell_indexed(step: Callable[[str], None]) -> Callable[[int], None]:
    """What says by `step` how many articles are indexed."""
    return lambda number: step(f"{terminal.count(number, 'article')} indexed")
