"""Contexts: the fields of politics that a sentence shows its acts to belong to, by words of `contexts.toml`."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from kg.extract.lexicon import read_lexicon


def find_contexts(sentence: str) -> tuple[str, ...]:
    """PLOVER contexts of a sentence, in the order of `contexts.toml`."""
    lower = sentence.lower()  # quicker than to search without regard to case
    return tuple(name for name, pattern in _patterns().items() if pattern.search(lower))


@functools.cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    words: Mapping[str, list[str]] = read_lexicon("contexts")
    return {name: re.compile(rf"\b(?:{'|'.join(map(_regex, listed))})") for name, listed in words.items()}


def _regex(word: str) -> str:
    return re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word) + r"\b"
