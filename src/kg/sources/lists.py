"""Word lists and patterns of `data/`: text files with one entry a line; empty lines and `#` lines are skipped."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterable, Iterator

from kg.resources import resource


def read_lines(*parts: str) -> Iterator[str]:
    """The entries of a list file, such as `read_lines("boilerplate", "labels.txt")`."""
    for line in resource("data", *parts).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


@functools.cache
def load_labels(name: str) -> frozenset[str]:
    """The lower-case entries of `data/boilerplate/<name>.txt`."""
    return frozenset(read_lines("boilerplate", f"{name}.txt"))


@functools.cache
def load_function_words() -> frozenset[str]:
    """English words that carry grammar and that other languages hardly have."""
    return frozenset(read_lines("function-words.txt"))


@functools.cache
def load_language_names() -> dict[str, str]:
    """English names of languages by the code that py3langid gives."""
    with resource("data", "languages.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


def compile_any(patterns: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    """One regular expression that matches what any of `patterns` does."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)
