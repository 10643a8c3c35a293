"""The word lists of `data/lexicon/`, as sets and tables ready for look-up. Internal to this room."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.reference import read_table
from kg.resources import resource


@functools.cache
def read_lexicon(name: str) -> Mapping[str, Any]:
    """The contents of `data/lexicon/NAME.toml`."""
    return tomllib.loads(resource("data", "lexicon", f"{name}.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class TitleWords:
    """Words that make a title: heads by kind of office, and what may stand around them."""

    office: frozenset[str]
    body: frozenset[str]
    political: frozenset[str]
    private: frozenset[str]
    modifiers: frozenset[str]
    tense: frozenset[str]
    domains: frozenset[str]
    public: frozenset[str]
    national: frozenset[str]
    elsewhere: frozenset[str]
    shared: frozenset[str]
    common: frozenset[str]
    partisan: frozenset[str]
    serving: frozenset[str]
    rule: frozenset[str]
    holding: frozenset[str]


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words that belong to names, and capitalised words that do not."""

    honorifics: frozenset[str]
    men: frozenset[str]
    women: frozenset[str]
    styles: frozenset[str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    never: frozenset[str]


@dataclass(frozen=True, slots=True)
class GroupWords:
    """Plural heads of groups of people, what may stand before them, and nouns that stand after a body's name."""

    official: frozenset[str]
    people: frozenset[str]
    organized: frozenset[str]
    naming: frozenset[str]
    modifiers: frozenset[str]


@dataclass(frozen=True, slots=True)
class AnaphorWords:
    """Pronouns by number, and plural nouns that stand for states or for sides."""

    singular: frozenset[str]
    plural: frozenset[str]
    neuter: frozenset[str]
    speaker: frozenset[str]
    states: frozenset[str]
    sides: frozenset[str]


def _sets(table: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in table.items()}


@functools.cache
def title_words() -> TitleWords:
    """The title lists of `people.toml`."""
    return TitleWords(**_sets(read_lexicon("people")["titles"]))


@functools.cache
def name_words() -> NameWords:
    """The name lists of `people.toml`."""
    return NameWords(**_sets(read_lexicon("people")["names"]))


@functools.cache
def given_names() -> frozenset[str]:
    """Given names that are no common English words."""
    return frozenset(row["name"] for row in read_table(resource("data", "given_names.csv")))


@functools.cache
def group_words() -> GroupWords:
    """The group lists of `people.toml`."""
    return GroupWords(**_sets(read_lexicon("people")["groups"]))


@functools.cache
def anaphor_words() -> AnaphorWords:
    """The anaphor lists of `people.toml`."""
    return AnaphorWords(**_sets(read_lexicon("people")["anaphors"]))


@functools.cache
def number_words() -> Mapping[str, int]:
    """Number words of `people.toml` and what they count."""
    return dict(read_lexicon("people")["numbers"])


def singular(noun: str) -> str:
    """The singular of a plural head noun, by English spelling rules; anything else as it is."""
    if noun.endswith("men"):
        return noun[:-2] + "an"
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith("sses") or noun.endswith("ches"):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun
