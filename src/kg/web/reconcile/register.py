"""All agents of one generation by their names: what the graph calls them, and what they are called elsewhere.

SQLite in a temporary database of its own, as that of `kg.web.names`; in memory are only the words that occur.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from rdflib.namespace import RDF, RDFS

from kg.vocab import KG
from kg.web import questions
from kg.web.querier import Querier, select_rows
from kg.web.reconcile.entities import CLASSES, PEOPLE, Entity, Fact, Named, NameKind, read_entity
from kg.web.reconcile.forms import Form, to_form
from kg.web.reconcile.likeness import allowed_bones
from kg.web.reconcile.vocabulary import Vocabulary, allowed_edits

_SEPARATOR = "\x1f"
_MOST_NAMES = 200  # that one query is compared with, of those that are the same in one form
_MOST_BY_WORDS = 60
_COMMON = 2_000  # names that have a word; so common a word finds none by itself
_POINTERS = (str(KG.represents), str(KG.partOfState))

_SCHEMA = """
CREATE TABLE said (iri TEXT, property TEXT, value TEXT);
CREATE TABLE entity (id INTEGER PRIMARY KEY, iri TEXT, classes TEXT, rank INTEGER, label TEXT, sorted TEXT);
CREATE TABLE name (
  id INTEGER PRIMARY KEY, entity INTEGER, kind TEXT, text TEXT, plain TEXT, tokens TEXT, whole TEXT, loose TEXT,
  bones TEXT
);
CREATE TABLE word (token TEXT, name INTEGER);
CREATE TABLE fact (entity INTEGER, property TEXT, value TEXT, iri TEXT, whole TEXT);
"""
_INDEXES = """
DROP TABLE said;
CREATE UNIQUE INDEX entity_by_iri ON entity (iri);
CREATE INDEX entity_by_rank ON entity (rank, sorted);
CREATE INDEX name_by_entity ON name (entity);
CREATE INDEX name_by_plain ON name (plain);
CREATE INDEX name_by_whole ON name (whole);
CREATE INDEX name_by_loose ON name (loose);
CREATE INDEX name_by_bones ON name (bones);
CREATE INDEX word_by_token ON word (token, name);
CREATE INDEX fact_by_entity ON fact (entity, property);
CREATE INDEX fact_by_value ON fact (property, whole);
CREATE TABLE frequency (token TEXT PRIMARY KEY, names INTEGER) WITHOUT ROWID;
INSERT INTO frequency SELECT token, COUNT(*) FROM word GROUP BY token;
"""
_LISTED = "entity.id, entity.iri, entity.classes, entity.label"
_NAMED = f"name.kind, name.text, name.plain, name.tokens, name.whole, name.loose, name.bones, {_LISTED}"
# Who is called just so comes first, then whose main name begins so, then who has another English name or a word that
# begins so, then who is called so elsewhere; among these states first, and the shorter name.
_BEGINNING = f"""
SELECT {_LISTED}, MIN(CASE WHEN name.kind = 'foreign' THEN 3 WHEN name.whole = ?1 THEN 0
  WHEN name.kind = 'main' AND name.whole >= ?1 AND name.whole < ?2 THEN 1 ELSE 2 END) AS grade
FROM name JOIN entity ON entity.id = name.entity
WHERE name.kind != 'code' AND name.id IN (
  SELECT id FROM name WHERE whole >= ?1 AND whole < ?2 UNION SELECT name FROM word WHERE token >= ?1 AND token < ?2)
  AND (?3 IS NULL OR INSTR(entity.classes, ?3)) GROUP BY entity.id
ORDER BY grade, entity.rank, LENGTH(entity.label), entity.sorted, entity.iri LIMIT ?4 OFFSET ?5
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """An agent as the register lists it; `number` is its own in this register."""

    number: int
    iri: str
    classes: tuple[str, ...]
    label: str

    @property
    def is_person(self) -> bool:
        """Whether it is a person."""
        return self.classes[0] in PEOPLE


@dataclass(frozen=True, slots=True)
class ListedName:
    """One name of an agent."""

    agent: Listed
    kind: NameKind
    text: str
    form: Form


class Register:
    """All agents of one generation. Safe to use from many threads."""

    def __init__(self, querier: Querier) -> None:
        """Read every agent through `querier`.

        Raises:
            KgError: the index cannot be asked, or not within the time of a query.
        """
        self._database = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        self._lock = threading.Lock()
        self._database.executescript(_SCHEMA)
        self._database.execute("BEGIN")
        rows = select_rows(querier, questions.agents(CLASSES))
        said = ((s.value, p.value, o.value) for s, p, o in rows if s and p and o)
        self._database.executemany("INSERT INTO said VALUES (?, ?, ?)", said)
        for number, entity in enumerate(self._read_entities(), start=1):
            self._add(number, entity)
        self._database.execute("COMMIT")
        self._database.executescript(_INDEXES)
        self._wholes = self._read_vocabulary("SELECT DISTINCT whole FROM name WHERE kind != 'code'")
        self._tokens = self._read_vocabulary("SELECT token FROM frequency")
        self._bones = self._read_vocabulary("SELECT DISTINCT bones FROM name WHERE kind != 'code'")

    def _read_vocabulary(self, query: str) -> Vocabulary:
        return Vocabulary(word for (word,) in self._database.execute(query))

    def _read_entities(self) -> Iterator[Entity]:
        others = self._read_others()
        rows = self._database.execute("SELECT iri, property, value FROM said ORDER BY iri, property, value")
        for iri, of_one in groupby(rows, itemgetter(0)):
            said = {
                p: tuple(dict.fromkeys(value for _, _, value in some)) for p, some in groupby(of_one, itemgetter(1))
            }
            if entity := read_entity(iri, said, others):
                yield entity

    def _read_others(self) -> dict[str, Named]:
        """The agents that others point to."""
        rows = self._database.execute(
            """SELECT DISTINCT pointing.value, type.value, label.value FROM said AS pointing
            JOIN said AS type ON type.iri = pointing.value AND type.property = ?
            JOIN said AS label ON label.iri = pointing.value AND label.property = ?
            WHERE pointing.property IN (?, ?)""",
            (str(RDF.type), str(RDFS.label), *_POINTERS),
        )
        return {iri: Named(class_, label) for iri, class_, label in rows}

    def _add(self, number: int, entity: Entity) -> None:
        rank = CLASSES.index(entity.classes[0])
        row = (number, entity.iri, _SEPARATOR.join(entity.classes), rank, entity.label, to_form(entity.label).plain)
        self._database.execute("INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?)", row)
        for text, kind in entity.names:
            self._add_name(number, text, kind)
        facts = ((number, f.property, f.value, f.iri, to_form(f.value).whole) for f in entity.facts)
        self._database.executemany("INSERT INTO fact VALUES (?, ?, ?, ?, ?)", facts)

    def _add_name(self, number: int, text: str, kind: NameKind) -> None:
        form = to_form(text)
        if not form.whole:
            return
        row = (number, kind, text, form.plain, " ".join(form.tokens), form.whole, form.loose, form.bones)
        added = self._database.execute("INSERT INTO name VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        if kind is not NameKind.CODE:
            words = ((token, added.lastrowid) for token in dict.fromkeys(form.tokens))
            self._database.executemany("INSERT INTO word VALUES (?, ?)", words)

    def find_like(self, form: Form) -> list[ListedName]:
        """Names that `form` may stand for: the same in one of its forms, little else, or with words of it."""
        found = self._select_names("plain", [form.plain])
        # Who is called just so leaves little room for slips.
        is_spelt = any(name.kind in (NameKind.MAIN, NameKind.OTHER) for name in found)
        near = [] if is_spelt else self._wholes.near(form.whole, edits=allowed_edits(len(form.whole)))
        found += self._select_names("whole", [form.whole, *near])
        found += self._select_names("loose", [form.loose])
        if len(form.bones) > 2:
            found += self._select_names("bones", [form.bones, *self._near_bones(form)])
        found += self._find_by_words(form.tokens)
        return list(dict.fromkeys(found))

    def _near_bones(self, form: Form) -> list[str]:
        edits = allowed_bones(form)
        return self._bones.near(form.bones, edits=edits) if edits else []

    def _select_names(self, column: str, values: Sequence[str]) -> list[ListedName]:
        marks = ", ".join("?" * len(values))
        query = f"""SELECT {_NAMED} FROM name JOIN entity ON entity.id = name.entity
            WHERE name.{column} IN ({marks}) LIMIT {_MOST_NAMES}"""
        return self._read_names(query, values)

    def _find_by_words(self, tokens: Iterable[str]) -> list[ListedName]:
        """Names that have most of `tokens`, or words like them; a rare word weighs more."""
        asked = dict.fromkeys(tokens)
        terms = [term for token in asked for term in (token, *self._find_misspelt(token))]
        marks = ", ".join("?" * len(terms))
        query = f"""SELECT {_NAMED} FROM (
            SELECT word.name AS id, SUM(1.0 / (9 + frequency.names)) AS weight FROM word JOIN frequency USING (token)
            WHERE token IN ({marks}) AND frequency.names < {_COMMON} GROUP BY word.name
            ORDER BY weight DESC LIMIT {_MOST_BY_WORDS}
          ) AS best JOIN name ON name.id = best.id JOIN entity ON entity.id = name.entity"""
        return self._read_names(query, terms)

    def find_with_fact(self, form: Form, property_: str, iri: str, value: str) -> list[ListedName]:
        """Names with a word of `form`, of agents with this value of a property: a text, or the agent `iri` or one of
        that name."""
        marks = ", ".join("?" * len(form.tokens))
        whole = to_form(value).whole
        query = f"""SELECT {_NAMED} FROM fact JOIN name ON name.entity = fact.entity
            JOIN entity ON entity.id = fact.entity
            WHERE name.id IN (SELECT name FROM word WHERE token IN ({marks})) AND fact.property = ? AND (fact.whole = ?
              OR fact.iri IN (SELECT called.iri FROM name AS other JOIN entity AS called ON called.id = other.entity
                WHERE other.whole = ?) OR fact.iri = ?) LIMIT {_MOST_NAMES}"""
        return self._read_names(query, (*form.tokens, property_, whole, whole, iri))

    def _find_misspelt(self, token: str) -> list[str]:
        """Words that `token` may stand for where it is none itself."""
        return [] if self.knows(token) else self._tokens.near(token, edits=allowed_edits(len(token)))

    def knows(self, token: str) -> bool:
        """Whether `token` is a word of some name."""
        return bool(self._select("SELECT 1 FROM frequency WHERE token = ?", (token,)))

    def has_name(self, form: Form) -> bool:
        """Whether somebody is called so, or a demonym or capital is."""
        return bool(self._select("SELECT 1 FROM name WHERE plain = ? AND kind != 'code' LIMIT 1", (form.plain,)))

    def is_called(self, iri: str, form: Form, written: str) -> bool:
        """Whether that is a name of the agent `iri`, or, as it is `written`, its code."""
        query = """SELECT 1 FROM name JOIN entity ON entity.id = name.entity
            WHERE name.whole = ? AND entity.iri = ? AND (name.kind != 'code' OR name.text = ?) LIMIT 1"""
        return bool(self._select(query, (form.whole, iri, written.strip())))

    def get(self, iri: str) -> Listed | None:
        """The agent `iri`."""
        return next(iter(self._list(f"SELECT {_LISTED} FROM entity WHERE iri = ?", (iri,))), None)

    def find_beginning(self, prefix: str, *, class_: str | None, limit: int, offset: int) -> list[Listed]:
        """Agents a name of which, or a word of one, begins so; the best first."""
        whole = to_form(prefix).whole
        return self._list(_BEGINNING, (whole, whole + "\x7f", class_, limit, offset))

    def find_by_fact(self, property_: str, iri: str, value: str, *, limit: int) -> list[Listed]:
        """Agents with this value of a property, or with the agent `iri`."""
        query = f"""SELECT {_LISTED} FROM fact JOIN entity ON entity.id = fact.entity
            WHERE property = ? AND (fact.whole = ? OR fact.iri = ?) ORDER BY rank, sorted LIMIT ?"""
        return self._list(query, (property_, to_form(value).whole, iri, limit))

    def facts_of(self, agent: Listed) -> list[Fact]:
        """All facts of an agent."""
        query = "SELECT property, value, iri FROM fact WHERE entity = ? ORDER BY property, value"
        return [Fact(*row) for row in self._select(query, (agent.number,))]

    def names_of(self, agent: Listed) -> list[tuple[str, NameKind]]:
        """All names of an agent, the main one first."""
        rows = self._select(
            "SELECT text, kind FROM name WHERE entity = ? ORDER BY kind != 'main', text", (agent.number,)
        )
        return [(text, NameKind(kind)) for text, kind in rows]

    def _list(self, query: str, values: Sequence[object]) -> list[Listed]:
        return [_read_listed(*row[:4]) for row in self._select(query, values)]

    def _read_names(self, query: str, values: Sequence[object]) -> list[ListedName]:
        return [
            ListedName(
                _read_listed(*rest), NameKind(kind), text, Form(plain, tuple(tokens.split()), whole, loose, bones)
            )
            for kind, text, plain, tokens, whole, loose, bones, *rest in self._select(query, values)
        ]

    def _select(self, query: str, values: Sequence[object]) -> list[tuple[str, ...]]:
        with self._lock:
            return self._database.execute(query, values).fetchall()


def _read_listed(number: object, iri: str, classes: str, label: str) -> Listed:
    assert isinstance(number, int)
    return Listed(number, iri, tuple(classes.split(_SEPARATOR)), label)
