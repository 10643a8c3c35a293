"""What ships with the software about names of states, so that endpoints without a reference graph know them too."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kg.reference import load_states, read_table
from kg.resources import resource

# Phrases of these forms stand for a state, but are names of something else: Moscow, the Kremlin.
_METONYMS = ("capital", "seat")


@dataclass(frozen=True, slots=True)
class StateNames:
    """What a state is called, and what stands for it: its capital, the seat of its government."""

    names: frozenset[str]
    metonyms: frozenset[str]


@functools.cache
def load_state_names() -> Mapping[str, StateNames]:
    """The names of every state by its ISO 3166-1 alpha-3 code, from `data/states.csv` and `data/state_names.csv`."""
    names: dict[str, set[str]] = defaultdict(set)
    metonyms: dict[str, set[str]] = defaultdict(set)
    for state in load_states().values():
        names[state.iso3] |= {state.name, state.official_name, *state.alt_names, *state.demonyms}
        metonyms[state.iso3] |= {*state.capitals}
    for row in read_table(resource("data", "state_names.csv")):
        # "Anglo-" and the like are beginnings of words.
        if row["iso3"] and not row["name"].endswith("-"):
            (metonyms if row["form"] in _METONYMS else names)[row["iso3"]].add(row["name"])
    return {iso3: StateNames(frozenset(names[iso3]), frozenset(metonyms[iso3])) for iso3 in names}
