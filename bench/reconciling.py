"""How well names are reconciled, and how fast: the figures of docs/openrefine.md.

`python bench/reconciling.py` makes an index of all states, organizations and 5,000 leaders of `data/`, asks it for
names that were changed, written in other languages and scripts, or are nobody's, and prints a table: how many of each
sort came first, how many of them with `match`, and how many wrong ones came with `match`. The names are the same every
time.
"""

from __future__ import annotations

import csv
import random
import statistics
import string
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pyoxigraph as ox
from rapidfuzz.distance import OSA
from rdflib import Literal, URIRef
from rdflib.namespace import RDF, RDFS

from kg import iris
from kg.reference import load_foreign_state_names, load_leaders, load_native_names, load_states, read_table
from kg.resources import resource
from kg.settings import Settings
from kg.triples import reference_graph
from kg.vocab import KG
from kg.web.reconcile import entities
from kg.web.reconcile.forms import to_form
from kg.web.reconcile.identifiers import Identifiers
from kg.web.reconcile.matching import find_candidates
from kg.web.reconcile.queries import Query
from kg.web.reconcile.register import Register

BASE = Settings().base_iri
HELD_OUT = frozenset("de ca fi is ka kk ko mk sw ta tr uk".split())  # noqa: SIM905
SEED = 2024
SIZE = 300
BATCH = 10
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """A name and the key of the agent that it is of; None where it is nobody's. `class_` restricts the search."""

    name: str
    key: str | None
    class_: str | None = None


class Answer:
    """An answer as the service reads it."""

    is_whole, kind, media_type, generation, rows = True, "solutions", "text/tab-separated-values", 1, None

    def __init__(self, content: bytes) -> None:
        """It gives `content`."""
        self._content = content

    def __iter__(self) -> Iterator[bytes]:
        """All of it at once."""
        yield self._content

    def close(self) -> None:
        """There is nothing to let go of."""


class Index:
    """What `Register` asks, in memory: states, organizations, and leaders as officials of their states."""

    generation = 1

    def __init__(self) -> None:
        """Of everything that `data/` has."""
        graph = reference_graph(BASE)
        for leader in load_leaders().values():
            node = URIRef(BASE + iris.person(leader.name, ""))
            for class_ in (KG.Official, KG.Person, KG.Agent):
                graph.add((node, RDF.type, class_))
            graph.add((node, RDFS.label, Literal(leader.name)))
            graph.add((node, KG.represents, URIRef(BASE + iris.state(leader.iso3))))
        self._store = ox.Store()
        self._store.load(graph.serialize(format="nt").encode(), format=ox.RdfFormat.N_TRIPLES)

    def query(self, text: str, **_: object) -> Answer:
        """The answer to a SELECT query."""
        found = self._store.query(text)
        return Answer(found.serialize(format=ox.QueryResultsFormat.TSV) or b"")


def misspell(name: str, chance: random.Random, *, edits: int = 1) -> str:
    """`name` with so many slips: a letter left out, doubled, changed, or exchanged with its neighbour."""
    letters = list(name)
    for _ in range(edits):
        i = chance.choice([i for i, letter in enumerate(letters) if letter.isalpha()])
        match chance.randrange(4):
            case 0:
                del letters[i]
            case 1:
                letters.insert(i, letters[i])
            case 2:
                letters[i] = chance.choice(string.ascii_lowercase)
            case _ if i + 1 < len(letters):
                letters[i], letters[i + 1] = letters[i + 1], letters[i]
    return "".join(letters)


def make_cases() -> dict[str, list[Case]]:
    """Every sort of names."""
    chance = random.Random(SEED)
    states = {s.name: iris.state(s.iso3) for s in load_states().values() if len(s.name) > 4}
    leaders = [p for p in load_leaders().values() if len(p.name.split()) == 2 and "." not in p.name]
    people = {p.name: iris.person(p.name, "") for p in chance.sample(leaders, SIZE)}
    unseen = [
        Case(name, iris.state(iso3), str(KG.State))
        for iso3, name, languages in load_foreign_state_names()
        if set(languages) <= HELD_OUT
    ]
    titles = ("Mr.", "Mrs", "Dr.", "President", "Prime Minister", "Foreign Minister", "H.E.", "Senator", "Herr", "Gen.")
    return {
        "states, in 12 languages that were taken out": chance.sample(unseen, SIZE),
        "states, one slip": [Case(misspell(n, chance), key) for n, key in states.items()],
        "states, two slips": [Case(misspell(n, chance, edits=2), key) for n, key in states.items()],
        "states, demonyms (which name no state)": [
            Case(demonym, iris.state(s.iso3)) for s in load_states().values() for demonym in s.demonyms
        ],
        "people, as they are": [Case(n, key) for n, key in people.items()],
        "people, one slip": [Case(misspell(n, chance), key) for n, key in people.items()],
        "people, family name first": [Case(", ".join(reversed(n.split())), key) for n, key in people.items()],
        "people, with a title": [Case(f"{chance.choice(titles)} {n}", key) for n, key in people.items()],
        "people, title and one slip": [
            Case(f"{chance.choice(titles)} {misspell(n, chance)}", key) for n, key in people.items()
        ],
        "people, initial and family name": [Case(f"{n[0]}. {n.split()[1]}", key) for n, key in people.items()],
        "people, in their own script, none of which was kept": [
            Case(native, iris.person(name, ""))
            for name, natives in load_native_names().items()
            for native in natives
            if name in load_leaders() and not native.isascii()
        ],
        "by hand": [Case(row["name"], row["key"] or None) for row in read_rows("reconciling.csv")],
        "nobody: given and family names of others": list(make_nobodies(chance)),
        "nobody: a leader's name with another given name, one or two letters off": list(make_near_nobodies(chance)),
        "nobody: a family name with one slip": [
            Case(misspell(case.name, chance), None) for case in list(make_nobodies(chance))
        ],
    }


def make_nobodies(chance: random.Random) -> Iterator[Case]:
    """Names that none of the leaders has, of a given name and a family name that somebody has."""
    given = [row["name"] for row in read_table(resource("data", "given_names.csv"))]
    leaders = load_leaders().values()
    taken = {to_form(name).whole for p in leaders for name in (p.name, *p.alt_names)}
    families = sorted({p.name.split()[-1] for p in leaders})
    names = (f"{chance.choice(given)} {chance.choice(families)}" for _ in range(2 * SIZE))
    yield from [Case(name, None) for name in names if to_form(name).whole not in taken][:SIZE]


def make_near_nobodies(chance: random.Random) -> Iterator[Case]:
    """Names like that of a leader, but with the given name of somebody else: Jane Sullivan."""
    given = [row["name"] for row in read_table(resource("data", "given_names.csv"))]
    leaders = load_leaders().values()
    taken = {to_form(name).whole for p in leaders for name in (p.name, *p.alt_names)}
    names = [
        f"{other} {family}"
        for name, _, family in (p.name.partition(" ") for p in leaders)
        if name in given and " " not in family
        for other in given
        if other != name and OSA.distance(name, other) <= 2 and to_form(f"{other} {family}").whole not in taken
    ]
    yield from (Case(name, None) for name in chance.sample(sorted(set(names)), SIZE))


def read_rows(name: str) -> list[dict[str, str]]:
    """The rows of a table that lies beside."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def measure(sort: str, cases: list[Case], answer: Callable[[Case], list[tuple[str, bool]]]) -> None:
    """Print the row of one sort."""
    answers = [(case, answer(case)) for case in cases]
    first = sum(bool(found) and found[0][0] == case.key for case, found in answers)
    matched = sum(bool(found) and found[0] == (case.key, True) for case, found in answers)
    wrong = [(case.name, found[0][0]) for case, found in answers if found and found[0][1] and found[0][0] != case.key]
    named = sum(case.key is not None for case in cases)
    shares = (f"{first / named:.1%}", f"{matched / named:.1%}") if named else ("", "")
    print(f"| {sort} | {len(cases)} | {shares[0]} | {shares[1]} | {len(wrong)} |")
    if "--wrong" in sys.argv:
        print(*wrong, sep="\n")


def main() -> None:
    """Print the table, and how long a batch takes."""
    index = Index()
    started = time.perf_counter()
    whole = Register(index)  # type: ignore[arg-type]
    made = time.perf_counter() - started
    kept = [row for row in load_foreign_state_names() if not set(row[2]) <= HELD_OUT]
    with (
        mock.patch.object(entities, "load_foreign_state_names", lambda: kept),
        mock.patch.object(entities, "load_native_names", dict),
    ):
        for table in (entities._foreign_names, entities._leaders):
            table.cache_clear()
        without = Register(index)  # type: ignore[arg-type]
    identifiers = Identifiers(BASE)

    def ask(register: Register) -> Callable[[Case], list[tuple[str, bool]]]:
        def answer(case: Case) -> list[tuple[str, bool]]:
            query = Query(case.name, (case.class_,) if case.class_ else ())
            return [(identifiers.to_id(c.agent.iri), c.match) for c in find_candidates(register, identifiers, query)]

        return answer

    print("| names | number | right first | right and `match` | wrong and `match` |\n|---|---|---|---|---|")
    sorts = make_cases()
    for sort, cases in sorts.items():
        measure(sort, cases, ask(without if "taken out" in sort or "none of which" in sort else whole))
    everything = [case for cases in sorts.values() for case in cases]
    random.Random(SEED).shuffle(everything)
    seconds = []
    for i in range(0, len(everything), BATCH):
        started = time.perf_counter()
        for case in everything[i : i + BATCH]:
            ask(whole)(case)
        seconds.append(time.perf_counter() - started)
    print(
        f"\nThe register is made in {made:.1f} s; a batch of {BATCH} takes {1000 * statistics.median(seconds):.0f} ms "
        f"(median), {1000 * statistics.quantiles(seconds, n=20)[-1]:.0f} ms (95 %)."
    )


if __name__ == "__main__":
    main()
