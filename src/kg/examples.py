"""The example queries that ship in `data/queries/`: a comment on top says in words what each asks."""

from __future__ import annotations

import functools
import itertools
from dataclasses import dataclass

from kg.resources import resource


@dataclass(frozen=True, slots=True)
class Example:
    """One query and what it asks; `name` is that of its file."""

    title: str
    text: str
    name: str


@functools.cache
def load_examples() -> tuple[Example, ...]:
    """All example queries, in the order of their file names."""
    files = sorted(resource("data", "queries").glob("*.rq"))
    return tuple(read_example(file.read_text(encoding="utf-8"), name=file.stem) for file in files)


def read_example(text: str, *, name: str) -> Example:
    """The example that `text` holds; without a comment on top it is called by its `name`."""
    comments = itertools.takewhile(lambda line: line.startswith("#"), text.splitlines())
    title = " ".join(line.lstrip("#").strip() for line in comments).strip()
    return Example(title or name.replace("-", " "), text, name)
