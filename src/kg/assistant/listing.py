"""A question -> a page of facts that fits into one answer."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from kg.assistant.bounds import fit
from kg.assistant.filters import Filters
from kg.assistant.graph import Graph
from kg.assistant.question import Question, find_page
from kg.assistant.source import Source

Fact = TypeVar("Fact")

_NOT_FILTERS = {"limit", "cursor"}


@dataclass(frozen=True, slots=True)
class Listed(Generic[Fact]):
    """Some facts of `total`; `next` asks for more where there are; `hint` says what to do where there are none."""

    facts: tuple[Fact, ...]
    total: int
    next: str | None = None
    hint: str | None = None


def list_facts(
    graph: Graph,
    question: Question,
    filters: Filters,
    asked: Any,
    read: Callable[[Source, Sequence[str]], Sequence[Fact]],
) -> Listed[Fact]:
    """The facts that `question` finds, read by `read`; `asked` are the arguments it comes from.

    Raises:
        KgError: the cursor is of another question, or the graph cannot be asked.
    """
    if filters.hints:
        return Listed((), 0, hint="; ".join(filters.hints))
    belongs_to = dataclasses.replace(asked, limit=1, cursor=None)
    page = find_page(graph, question, belongs_to, asked.cursor, asked.limit)
    facts = read(graph.source, [iri for iri, _ in page.keys])
    number = fit([measure(fact) for fact in facts])
    hint = None if page.total else _describe_emptiness(asked)
    return Listed(tuple(facts[:number]), page.total, page.cursor_after(number, belongs_to) if number else None, hint)


def measure(value: object) -> int:
    """How many characters `value` has, written out."""
    return len(json.dumps(value, default=_as_dict, ensure_ascii=False))


def date_of(own: str | None, published: str | None) -> tuple[str | None, Literal["own", "publication"] | None]:
    """The date that a fact counts by, and whose that is."""
    if own:
        return own, "own"
    return (published, "publication") if published else (None, None)


def _as_dict(value: Any) -> Any:
    return dataclasses.asdict(value)


def _describe_emptiness(asked: Any) -> str:
    names = [field.name for field in dataclasses.fields(asked)]
    given = [name for name in names if name not in _NOT_FILTERS and getattr(asked, name) is not None]
    if not given:
        return "the graph has none yet"
    return f"nothing matches all of {', '.join(given)}: leave one out, or widen it"
