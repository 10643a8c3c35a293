"""Every name of states, organizations, people and groups -> a table to look names up in, also misspelt ones.

SQLite in memory: whole names folded to their words, words by FTS5, and its trigrams for what is spelt otherwise.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum, StrEnum

from kg.assistant.said import LABEL, TYPE
from kg.assistant.source import Source
from kg.assistant.state_names import load_state_names
from kg.folding import fold
from kg.vocab import KG


class Type(StrEnum):
    """What an entity is looked for as."""

    STATE = "state"
    ORGANIZATION = "organization"
    OFFICIAL = "official"
    PERSON = "person"
    GROUP = "group"


class Match(IntEnum):
    """How well a name fits what was asked, the best first."""

    IRI = 0
    CODE = 1
    NAME = 2
    OTHER_NAME = 3
    METONYM = 4
    PART = 5
    SIMILAR = 6


# The first of these that an entity is.
_TYPES = {
    str(KG.State): Type.STATE,
    str(KG.Official): Type.OFFICIAL,
    str(KG.Person): Type.PERSON,
    str(KG.Organization): Type.ORGANIZATION,
    str(KG.OfficialGroup): Type.GROUP,
    str(KG.Group): Type.GROUP,
}
NAMED = (Type.STATE, Type.ORGANIZATION, Type.OFFICIAL, Type.PERSON)
"""The types that have names of their own; groups are called by what they are."""

_MOST_NAMES = 2_000_000
_MOST_CANDIDATES = 200
_MOST_WORDS = 12  # that names are compared by: each is held against each word of each candidate
_LEAST_ALIKE = 0.75
_EXTRA_WORD = 0.02  # taken off for each word of a name that was not asked for
_WORD = re.compile(r"\w+")

_NAMES = """VALUES ?type { kg:State kg:Organization kg:Person kg:Official kg:Group kg:OfficialGroup } ?s a ?type .
  VALUES ?p { rdfs:label skos:altLabel skos:hiddenLabel kg:iso3 } ?s ?p ?name"""
_FACTS = "VALUES ?p { kg:speaker kg:actor kg:recipient kg:actorState kg:recipientState } ?fact ?p ?s"

_SCHEMA = """
CREATE TABLE entity (id INTEGER PRIMARY KEY, iri TEXT UNIQUE, type TEXT, label TEXT, iso3 TEXT, prominence INTEGER);
CREATE TABLE name (id INTEGER PRIMARY KEY, folded TEXT, entity INTEGER, match INTEGER);
CREATE VIRTUAL TABLE words USING fts5(name, content='', tokenize='unicode61 remove_diacritics 2', prefix='2 3');
CREATE VIRTUAL TABLE grams USING fts5(name, content='', tokenize='trigram');
"""
_INDEXES = """
CREATE INDEX name_by_text ON name (folded);
CREATE INDEX name_by_entity ON name (entity);
CREATE INDEX entity_by_code ON entity (iso3);
"""


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something with names; `prominence` is how many facts speak of it, `match` how well it was found."""

    iri: str
    type: Type
    label: str
    iso3: str | None
    prominence: int
    match: Match


class Names:
    """All names of one generation. Safe to use from many threads."""

    def __init__(self, source: Source) -> None:
        """Read every name through `source`: a second for a hundred thousand.

        Raises:
            KgError: it cannot be asked.
        """
        self._lock = threading.Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._database.executescript(_SCHEMA)
        prominence = _read_prominence(source)
        self._database.execute("BEGIN")
        for number, (iri, said) in enumerate(_read_names(source), start=1):
            self._add(number, iri, said, prominence.get(iri, 0))
        self._database.execute("COMMIT")
        self._database.executescript(_INDEXES)

    def get(self, iri: str) -> Entity | None:
        """The entity with this IRI."""
        return next(iter(self._entities("SELECT id FROM entity WHERE iri = ?", (iri,), Match.IRI)), None)

    def find_code(self, code: str) -> tuple[Entity, ...]:
        """The state with this ISO 3166-1 alpha-3 code, in capitals: in small letters it may be a word."""
        return self._entities("SELECT id FROM entity WHERE iso3 = ?", (code,), Match.CODE)

    def find_exact(self, name: str) -> tuple[Entity, ...]:
        """Those who are called exactly so, by any of their names, else a state that the name stands for."""
        query = "SELECT entity FROM name WHERE folded = ? AND match = ?"
        main, other, metonym = (
            self._entities(query, (to_words(name), match), match)
            for match in (Match.NAME, Match.OTHER_NAME, Match.METONYM)
        )
        return _unique([*main, *other]) or metonym

    def find_part(self, name: str) -> tuple[Entity, ...]:
        """Those who have all words of `name` in one of their names, the last word perhaps not ended."""
        words = to_words(name).split()
        if not words:
            return ()
        last_is_begun = len(words[-1]) > 1 or not words[-1].isascii()
        asked = " ".join(f'"{word}"' for word in words) + ("*" if last_is_begun else "")
        query = "SELECT entity FROM words JOIN name ON name.id = words.rowid WHERE words MATCH ?"
        return self._entities(query, (asked,), Match.PART)

    def find_similar(self, name: str) -> tuple[Entity, ...]:
        """Those whose name has a word like each word of `name`, the most alike first."""
        asked = to_words(name).split()[:_MOST_WORDS]
        grams = dict.fromkeys(word[at : at + 3] for word in asked for at in range(len(word) - 2))
        if not grams:
            return ()
        match = " OR ".join(f'"{gram}"' for gram in grams)
        with self._lock:
            found = self._database.execute(
                "SELECT name.entity, name.folded FROM grams JOIN name ON name.id = grams.rowid"
                f" WHERE grams MATCH ? ORDER BY bm25(grams) LIMIT {_MOST_CANDIDATES}",
                (match,),
            ).fetchall()
        alike = sorted(((likeness(asked, folded.split()), -entity) for entity, folded in found), reverse=True)
        ids = dict.fromkeys(-entity for much, entity in alike if much >= _LEAST_ALIKE)
        return tuple(one for id in ids for one in self._entities("SELECT ?", (id,), Match.SIMILAR))

    def search(self, name: str, types: Sequence[Type], limit: int) -> tuple[tuple[Entity, ...], int]:
        """Those of `types` who may be meant by `name`, the best first, no more than `limit`; and how many there are.

        What is only similar is given where nothing else is.
        """
        found = _of_types([*self.find_code(name.strip()), *self.find_exact(name), *self.find_part(name)], types)
        found = found or _of_types(self.find_similar(name), types)
        return found[:limit], len(found)

    def _add(self, number: int, iri: str, said: Sequence[tuple[str, str]], prominence: int) -> None:
        types = {value for property_, value in said if property_ == TYPE}
        labels = sorted({value for property_, value in said if property_ == LABEL}, key=lambda name: (-len(name), name))
        codes = sorted(value for property_, value in said if property_ == str(KG.iso3))
        type_ = next((type_ for class_, type_ in _TYPES.items() if class_ in types), None)
        if not labels or type_ is None:
            return
        row = (number, iri, type_, labels[0], codes[0] if codes else None, prominence)
        self._database.execute("INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?)", row)
        others = {value for property_, value in said if property_ not in (TYPE, str(KG.iso3))}
        state = load_state_names().get(codes[0]) if codes else None
        called = {to_words(name): Match.METONYM for name in (state.metonyms if state else ())}
        called |= {to_words(name): Match.OTHER_NAME for name in (*others, *(state.names if state else ()))}
        called[to_words(labels[0])] = Match.NAME
        for name in sorted(called.keys() - {""}):
            self._add_name(name, number, called[name])

    def _add_name(self, folded: str, entity: int, match: Match) -> None:
        query = "INSERT INTO name (folded, entity, match) VALUES (?, ?, ?)"
        number = self._database.execute(query, (folded, entity, match)).lastrowid
        for table in ("words", "grams"):
            self._database.execute(f"INSERT INTO {table} (rowid, name) VALUES (?, ?)", (number, folded))

    def _entities(self, ids: str, values: tuple[object, ...], match: Match) -> tuple[Entity, ...]:
        """Those whose ids the query `ids` gives, the most prominent first."""
        query = f"""SELECT iri, type, label, iso3, prominence FROM entity WHERE id IN ({ids})
            ORDER BY prominence DESC, LENGTH(label), iri"""
        with self._lock:
            rows = self._database.execute(query, values).fetchall()
        return tuple(Entity(iri, Type(type_), label, iso3, n, match) for iri, type_, label, iso3, n in rows)


def to_words(name: str) -> str:
    """`name` as it is looked up: its words, folded, without marks between them."""
    words = _WORD.findall(fold(name))
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


def likeness(asked: Sequence[str], name: Sequence[str]) -> float:
    """How alike the words asked for are to those of a name: the mean over each and the word that is most like it."""
    if not asked or not name:
        return 0.0
    most = (max(SequenceMatcher(None, one, word).ratio() for word in name) for one in asked)
    return sum(most) / len(asked) - _EXTRA_WORD * max(0, len(name) - len(asked))


def _read_names(source: Source) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each entity with its types and names."""
    rows = source.select(f"SELECT DISTINCT ?s ?type ?p ?name WHERE {{ {source.within(_NAMES)} }} LIMIT {_MOST_NAMES}")
    said: dict[str, dict[tuple[str, str], None]] = {}
    for row in rows:
        names = said.setdefault(row["s"], {})
        names[TYPE, row["type"]] = None
        names[row["p"], row["name"]] = None
    yield from ((iri, list(names)) for iri, names in said.items())


def _read_prominence(source: Source) -> dict[str, int]:
    """How many facts speak of each entity."""
    pattern = source.within(_FACTS)
    rows = source.select(f"SELECT ?s (COUNT(DISTINCT ?fact) AS ?n) WHERE {{ {pattern} }} GROUP BY ?s")
    return {row["s"]: int(row["n"]) for row in rows if "s" in row}


def _of_types(found: Iterable[Entity], types: Sequence[Type]) -> tuple[Entity, ...]:
    return tuple(one for one in _unique(found) if one.type in types)


def _unique(found: Iterable[Entity]) -> tuple[Entity, ...]:
    """Each once, as the best match that it is; the best first, then the most prominent."""
    best: dict[str, Entity] = {}
    for one in sorted(found, key=lambda one: one.match):
        best.setdefault(one.iri, one)
    return tuple(sorted(best.values(), key=_order))


def _order(one: Entity) -> tuple[int, int]:
    """Any name of its own is as good as another; those that are only similar are in order already."""
    match = Match.NAME if one.match is Match.OTHER_NAME else one.match
    return match, 0 if match is Match.SIMILAR else -one.prominence
