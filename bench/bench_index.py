"""How long the index takes to apply, publish and answer, and rdflib in memory beside it on the same queries.

    python bench/bench_index.py [ARTICLES]

Articles are invented: 300 triples each, of which 60 are shared with other articles. Milliseconds: medians of five,
of three for rdflib; what cannot be done twice is done once.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import rdflib

from kg.index.local import LocalIndex
from kg.index.reader import Limits
from kg.index.readers import Readers
from kg.journal import Journal
from kg.types import Entry, Format

BASE = "http://localhost:8000/"
KG = "https://w3id.org/geokg/ontology#"
REPEATS = 5

QUERIES = {
    "one article": f"SELECT ?p ?o {{ <{BASE}event/17-3> ?p ?o }}",
    "events of a state": f"SELECT ?e ?d {{ ?e kg:actorState <{BASE}state/S07> ; kg:date ?d }} ORDER BY ?d ?e LIMIT 100",
    "count by category": "SELECT ?c (COUNT(*) AS ?n) { ?e kg:category ?c } GROUP BY ?c ORDER BY ?c",
    "labels of states in events": "SELECT ?l (COUNT(?e) AS ?n) { ?e kg:actorState ?s . ?s rdfs:label ?l } GROUP BY ?l",
    "pairs of states": "SELECT ?a ?b (COUNT(?e) AS ?n) { ?e kg:actorState ?a ; kg:recipientState ?b } GROUP BY ?a ?b",
}


def make_article(number: int) -> Entry:
    """An article with 30 events of 8 triples, and 30 mentions of states of 2 triples."""
    lines = set()
    for event in range(30):
        subject = f"<{BASE}event/{number}-{event}>"
        actor, recipient = (number + event) % 50, (number * 3 + event * 7) % 50
        lines |= {
            f"{subject} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{KG}Event> .",
            f"{subject} <{KG}category> <https://w3id.org/geokg/plover#C{event % 16}> .",
            f"{subject} <{KG}actorState> <{BASE}state/S{actor:02}> .",
            f"{subject} <{KG}recipientState> <{BASE}state/S{recipient:02}> .",
            f'{subject} <{KG}date> "2024-{event % 12 + 1:02}-11"^^<http://www.w3.org/2001/XMLSchema#date> .',
            f'{subject} <{KG}trigger> "invented words {number} {event}" .',
            f"{subject} <{KG}evidence> <{BASE}evidence/{number}-{event}> .",
            f"{subject} <{KG}article> <{BASE}article/{number}> .",
            f"<{BASE}state/S{actor:02}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{KG}State> .",
            f'<{BASE}state/S{actor:02}> <http://www.w3.org/2000/01/rdf-schema#label> "State {actor}" .',
        }
    graph = "\n".join(sorted(lines)) + "\n"
    return Entry(f"{BASE}article/{number}", f"{number}.txt", b"words " * 500, Format.TEXT, graph.encode(), "kg", "r")


def timed(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Median milliseconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def bench_writing(journal: Journal, index: LocalIndex, entries: list[Entry]) -> None:
    count = len(entries)

    def append() -> None:
        for start in range(0, count, 50):
            journal.append(entries[start : start + 50])

    print(f"append, 50 at a time       {timed(append, 1) / count:8.2f} per article")
    print(f"apply, 50 at a time        {timed(lambda: index.catch_up(journal), 1) / count:8.2f} per article")
    print(f"first publish              {timed(index.publish, 1):8.1f}")
    changes = list(journal.since(0))[:100]
    print(f"apply again, unchanged     {timed(lambda: index.apply(changes)) / len(changes):8.2f} per article")

    def one_more() -> None:
        nonlocal count
        count += 1
        journal.append([make_article(count)])
        index.catch_up(journal)
        index.publish()

    print(f"one more, to readable      {timed(one_more):8.1f}")
    print(f"rebuild                    {timed(lambda: index.rebuild(journal), 1) / count:8.2f} per article")


def bench_reading(directory: Path, journal: Journal) -> None:
    graph = rdflib.Graph()
    start = time.perf_counter()
    for _, _, triples in journal.since(0):
        graph.parse(data=triples, format="nt")
    print(f"\nrdflib: {len(graph)} triples loaded in {time.perf_counter() - start:.1f} s")
    names = {"kg": KG, "rdfs": str(rdflib.RDFS)}
    with Readers(directory, size=1, timeout=120, limits=Limits()) as readers:

        def ask(text: str) -> int:
            with readers.query(text, results="text/csv", graphs=None) as answer:
                return b"".join(answer).count(b"\n") - 1

        print(f"start of a reader          {timed(lambda: ask('ASK {}'), 1):8.1f}")
        print(f"an ASK, end to end         {timed(lambda: ask('ASK {}'), 50):8.2f}")
        for name, text in QUERIES.items():
            ours = timed(lambda text=text: ask(text))
            theirs = timed(lambda text=text: list(graph.query(text, initNs=names)), 3)
            assert ask(text) == len(graph.query(text, initNs=names))
            print(f"{name:26} {ours:8.2f}   rdflib {theirs:9.1f}   {theirs / ours:6.0f} times")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 800
    entries = [make_article(number) for number in range(count)]
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        with Journal.open(directory, base_iri=BASE, write=True) as journal, LocalIndex.open(directory) as index:
            print(f"{count} articles of {entries[0].graph.count(b'.' + bytes([10]))} triples; milliseconds")
            bench_writing(journal, index, entries)
            bench_reading(directory, journal)


if __name__ == "__main__":
    main()
