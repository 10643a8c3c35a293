"""Descriptions of the service and its data, written once and given out until what they tell of has changed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable

_MAX_KEPT = 64


class Documents:
    """The last few documents by key; safe to use from many threads."""

    def __init__(self) -> None:
        """None is kept yet."""
        self._kept: OrderedDict[Hashable, tuple[object, bytes]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, source: object, write: Callable[[], bytes]) -> bytes:
        """The document `key`, written anew where `source` is not the very object that it was written from."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and kept[0] is source:
                self._kept.move_to_end(key)
                return kept[1]
        written = write()
        with self._lock:
            self._kept[key] = (source, written)
            self._kept.move_to_end(key)
            while len(self._kept) > _MAX_KEPT:
                self._kept.popitem(last=False)
        return written
