"""Names, other names and headlines -> a full-text table to find things by, for `/search` and `/browse`.

SQLite's FTS5 in a temporary database of its own, made from one generation of the index.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from rdflib.namespace import RDF, RDFS

from kg.folding import fold
from kg.vocab import KG, SCHEMA
from kg.web import questions
from kg.web.querier import Querier, select_rows

# The first of these that a thing is says what it is shown as, and how soon it comes among what is found.
_RANKS = {
    KG.State: 0,
    KG.Organization: 1,
    KG.Official: 1,
    KG.Person: 1,
    KG.OfficialGroup: 2,
    KG.Group: 2,
    KG.Article: 3,
}
_CLASSES = tuple(map(str, _RANKS))
_MAIN = (str(RDFS.label), str(SCHEMA.headline))
_TYPE, _DAY = str(RDF.type), str(SCHEMA.datePublished)

_SEPARATOR = "\x1f"
_WORD = re.compile(r"\w")

_SCHEMA = """
CREATE TABLE said (iri TEXT, property TEXT, value TEXT);
CREATE TABLE thing (
  id INTEGER PRIMARY KEY, iri TEXT, class TEXT, rank INTEGER, label TEXT, others TEXT, day TEXT, sorted TEXT
);
CREATE TABLE name (folded TEXT, id INTEGER, is_main INTEGER);
CREATE VIRTUAL TABLE words USING fts5(
  label, others, content='', tokenize='unicode61 remove_diacritics 2', prefix='2 3'
);
"""
_INDEXES = """
CREATE INDEX name_by_text ON name (folded, id);
CREATE INDEX thing_by_class ON thing (class, sorted, iri);
CREATE INDEX thing_by_day ON thing (class, day, iri);
DROP TABLE said;
"""
_COLUMNS = "thing.iri, thing.class, thing.label, thing.others, thing.day"
# Whoever is called exactly so comes first, then by what it is, then whose name begins so; the shorter name first, and
# of headlines the one that says more of the words.
_FIND = f"""
SELECT {_COLUMNS} FROM words JOIN thing ON thing.id = words.rowid
WHERE words MATCH ?1
ORDER BY COALESCE((SELECT 1 + MAX(is_main) FROM name WHERE folded = ?2 AND name.id = thing.id), 0) DESC,
  thing.rank, SUBSTR(thing.sorted, 1, LENGTH(?2)) = ?2 DESC,
  CASE thing.class WHEN '{KG.Article}' THEN bm25(words, 10.0, 3.0) ELSE LENGTH(thing.label) END, thing.iri
LIMIT ?3
"""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with its class, the name that it is shown by, others that it has; of an article, the day it came out."""

    iri: str
    class_: str
    label: str
    others: tuple[str, ...]
    day: str | None


class Names:
    """All named things of one generation. Safe to use from many threads."""

    def __init__(self, querier: Querier) -> None:
        """Read every name through `querier`; a second for a hundred thousand.

        Raises:
            KgError: the index cannot be asked, or not within the time of a query.
        """
        # An empty name is a temporary database: it is on disk where it outgrows the memory that SQLite gives it.
        self._database = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        self._lock = threading.Lock()
        self._database.executescript(_SCHEMA)
        self._database.execute("BEGIN")
        said = (
            (s.value, p.value, o.value) for s, p, o in select_rows(querier, questions.names(_CLASSES)) if s and p and o
        )
        self._database.executemany("INSERT INTO said VALUES (?, ?, ?)", said)
        things = self._database.execute("SELECT iri, property, value FROM said ORDER BY iri, property, value")
        for number, (iri, rows) in enumerate(groupby(things, itemgetter(0)), start=1):
            self._add(number, iri, [(property_, value) for _, property_, value in rows])
        self._database.execute("COMMIT")
        self._database.executescript(_INDEXES)

    def _add(self, number: int, iri: str, said: list[tuple[str, str]]) -> None:
        classes = [class_ for class_ in _CLASSES if (_TYPE, class_) in said]
        main = sorted({value for p, value in said if p in _MAIN}, key=lambda name: (-len(name), name))
        if not (classes and main):
            return
        others = sorted({value for p, value in said if p not in (*_MAIN, _TYPE, _DAY)} - {main[0]} | {*main[1:]})
        day = next((value for p, value in said if p == _DAY), None)
        label, *folded = map(fold, (main[0], *others))
        rank = list(_RANKS.values())[_CLASSES.index(classes[0])]
        row = (number, iri, classes[0], rank, main[0], _SEPARATOR.join(others), day, label)
        self._database.execute("INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        self._database.execute(
            "INSERT INTO words (rowid, label, others) VALUES (?, ?, ?)", (number, label, _SEPARATOR.join(folded))
        )
        names = [(label, number, 1), *((other, number, 0) for other in folded)]
        self._database.executemany("INSERT INTO name VALUES (?, ?, ?)", names)

    def find(self, words: str, *, limit: int) -> tuple[Named, ...]:
        """Things with all of `words` in their names, in any order, the last word perhaps not ended; the best first."""
        asked = to_match(words)
        if not asked:
            return ()
        return self._select(_FIND, (asked, fold(words), limit))

    def list_class(self, class_: str, *, offset: int, limit: int) -> tuple[Named, ...]:
        """Things shown as a `class_`, by name; articles by day, the newest first."""
        order = "day IS NULL, day DESC, iri" if class_ == str(KG.Article) else "sorted, iri"
        query = f"SELECT {_COLUMNS} FROM thing WHERE class = ? ORDER BY {order} LIMIT ? OFFSET ?"
        return self._select(query, (class_, limit, offset))

    def count_class(self, class_: str) -> int:
        """How many things are shown as a `class_`."""
        with self._lock:
            (count,) = self._database.execute("SELECT COUNT(*) FROM thing WHERE class = ?", (class_,)).fetchone()
        return int(count)

    def _select(self, query: str, values: tuple[object, ...]) -> tuple[Named, ...]:
        with self._lock:
            return tuple(_read(self._database.execute(query, values)))


def _read(rows: sqlite3.Cursor) -> Iterator[Named]:
    for iri, class_, label, others, day in rows:
        yield Named(iri, class_, label, tuple(others.split(_SEPARATOR)) if others else (), day)


def to_match(words: str) -> str:
    """A full-text query for things that have all of `words`, the last as the beginning of a word.

    Each word is quoted, so none is taken for an operator. A single Latin letter is a word, not a beginning.
    """
    parts = [word for word in fold(words).replace("\x00", " ").split() if _WORD.search(word)]
    quoted = ['"' + word.replace('"', '""') + '"' for word in parts]
    is_beginning = bool(parts) and not (len(parts[-1]) == 1 and parts[-1].isascii())
    return " ".join(quoted) + ("*" if is_beginning else "")
