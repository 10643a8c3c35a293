"""What was asked last, kept while the graph stays as it is: the next page of a list need not find all facts again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")

_MOST = 8


class Recent(Generic[Value]):
    """The last few values by what they answer. Safe to use from many threads."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, generation: int | None, question: Hashable, make: Callable[[], Value]) -> Value:
        """What `make` gives for `question`, perhaps from before; where nobody knows the generation, never from before.

        What `make` raises is raised.
        """
        if generation is None:
            return make()
        key = (generation, question)
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._lock:
            self._values[key] = value
            while len(self._values) > _MOST:
                self._values.popitem(last=False)
        return value
