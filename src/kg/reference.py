"""What is known beyond any one article: states, well-known organizations and leaders, read from `data/`."""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.resources import resource


@dataclass(frozen=True, slots=True)
class State:
    """A state or ISO-coded territory, as `data/states.csv` has it.

    `lat`, `lon` in degrees, WGS 84; `cow` is its number in the state system of the Correlates of War project; `region`
    and `subregion` are those of UN M49; Antarctica has no second.
    """

    iso3: str
    iso2: str
    name: str
    official_name: str
    wikidata: str
    capitals: tuple[str, ...]
    demonyms: tuple[str, ...]
    alt_names: tuple[str, ...]
    lat: float
    lon: float
    cow: int | None = None
    region: str | None = None
    subregion: str | None = None


@dataclass(frozen=True, slots=True)
class Organization:
    """A well-known organization, as `data/organizations.csv` has it."""

    name: str
    kind: str
    iso3: str | None
    wikidata: str | None
    alt_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leader:
    """A person who holds or held high office of a state, as `data/leaders.csv` has them."""

    name: str
    iso3: str
    alt_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sector:
    """A code for what kind of agent acts, as event tables have it, and what it stands for."""

    code: str
    meaning: str


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a CSV file with a header, UTF-8."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def split_names(cell: str, separator: str = "|") -> tuple[str, ...]:
    """The non-empty names that a cell lists."""
    return tuple(name for part in cell.split(separator) if (name := part.strip()))


@functools.cache
def load_states() -> dict[str, State]:
    """States by ISO 3166-1 alpha-3 code, in the order of the file."""
    return {
        row["iso3"]: State(
            iso3=row["iso3"],
            iso2=row["iso2"],
            name=row["name"],
            official_name=row["official_name"],
            wikidata=row["wikidata"],
            capitals=split_names(row["capital"]),
            demonyms=split_names(row["demonym"], ","),
            alt_names=split_names(row["alt_names"]),
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            cow=int(row["cow"]) if row["cow"] else None,
            region=row["region"] or None,
            subregion=row["subregion"] or None,
        )
        for row in read_table(resource("data", "states.csv"))
    }


@functools.cache
def load_organizations() -> dict[str, Organization]:
    """Well-known organizations by canonical name, in the order of the file."""
    return {
        row["name"]: Organization(
            name=row["name"],
            kind=row["kind"],
            iso3=row["iso3"] or None,
            wikidata=row["wikidata"] or None,
            alt_names=split_names(row["alt_names"]),
        )
        for row in read_table(resource("data", "organizations.csv"))
    }


@functools.cache
def load_leaders() -> dict[str, Leader]:
    """People known for high office by name, in the order of the file."""
    return {
        row["name"]: Leader(name=row["name"], iso3=row["iso3"], alt_names=split_names(row["alt_names"]))
        for row in read_table(resource("data", "leaders.csv"))
    }


@functools.cache
def load_sectors() -> dict[str, Sector]:
    """Sectors by kind of agent: `state`, `official`, or a kind of organization; as `data/sectors.csv` has them."""
    rows = tuple(read_table(resource("data", "sectors.csv")))
    meanings = {row["sector"]: row["meaning"] for row in rows if row["meaning"]}
    return {row["kind"]: Sector(row["sector"], meanings[row["sector"]]) for row in rows}


@functools.cache
def load_state_phrases() -> tuple[tuple[str, str, str], ...]:
    """More phrases for states, of `data/state_names.csv`: phrase, code, and its form (name, capital, seat, …)."""
    rows = read_table(resource("data", "state_names.csv"))
    return tuple((row["name"], row["iso3"], row["form"]) for row in rows if row["iso3"])


@functools.cache
def load_foreign_state_names() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Names of states in many languages: code, name, and the languages (BCP 47, with `_`) in which it is that."""
    rows = read_table(resource("data", "state_names_by_language.csv"))
    return tuple((row["iso3"], row["name"], split_names(row["languages"])) for row in rows)


@functools.cache
def load_native_names() -> dict[str, tuple[str, ...]]:
    """Names of known people in the scripts of other languages, by their name in English."""
    found: dict[str, tuple[str, ...]] = {}
    for row in read_table(resource("data", "native_names.csv")):
        found[row["name"]] = (*found.get(row["name"], ()), row["native_name"])
    return found


@functools.cache
def load_given_names() -> frozenset[str]:
    """Common given names, in lower case."""
    return frozenset(row["name"].lower() for row in read_table(resource("data", "given_names.csv")))
