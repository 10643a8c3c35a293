"""What a source gave, and who wants to know what became of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from kg.types import Document, Outcome, Refusal

Settle = Callable[[bool], None]
"""Told whether a document was stored."""


def forget(_: bool) -> None:
    """What becomes of a document interests nobody."""


@dataclass(frozen=True, slots=True)
class Find:
    """A document, or why there is none, or neither where it is as it was when it was stored."""

    name: str
    document: Document | Refusal | None
    settle: Settle = forget


@dataclass(slots=True)
class Settling:
    """Hands documents on, and tells whoever gave them what became of each: outcomes come in the same order."""

    unchanged: int = 0
    _waiting: deque[Settle] = field(default_factory=deque)

    def documents(self, finds: Iterable[Find]) -> Iterator[Document | Refusal]:
        """The documents and refusals of `finds`; what is as it was is counted."""
        for find in finds:
            if find.document is None:
                self.unchanged += 1
                find.settle(True)
                continue
            self._waiting.append(find.settle)
            yield find.document

    def settle(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """`outcomes` as they are, each told first."""
        for outcome in outcomes:
            self._waiting.popleft()(outcome.refusal is None)
            yield outcome
