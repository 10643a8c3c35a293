"""How fast the event table is written, in how much memory, and a query of the same events by Oxigraph beside it.

    python bench/bench_export.py [--data DIRECTORY] [--events NUMBER] [--keep DIRECTORY]

The journal holds copies of the articles of DIRECTORY, of the sample article where none is named, each an article of its
own, until there are so many events (20,000; a million takes a quarter of an hour and some GB). Each format is written
by `kg export` as a process of its own, to a file. The peer has 2,000 of the events in an Oxigraph store in memory and
answers one query with the sixteen columns that one query can give, as CSV: loading is not counted.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

from kg.journal import Journal
from kg.settings import Settings
from kg.types import Entry
from kg.vocab import PREFIXES
from serve_data import ingest, multiply, read_entries

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
FORMATS = ("csv", "parquet", "xlsx")
SHEET = 1_048_575  # rows
PEER_EVENTS = 2_000
BATCH = 500
_IS_EVENT = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/geokg/ontology#Event>"
QUERY = """
SELECT ?event ?date ?category ?mode ?factuality ?confidence ?actor ?actorState ?recipient ?recipientState ?article ?url
    ?published ?start ?end ?sentence WHERE {
  GRAPH ?article {
    ?event a kg:Event ; kg:category ?category ; kg:factuality ?factuality ; kg:evidence ?words .
    ?words oa:start ?start ; oa:end ?end ; oa:exact ?sentence .
    OPTIONAL { ?event kg:date ?date } OPTIONAL { ?event kg:mode ?mode } OPTIONAL { ?event kg:confidence ?confidence }
    OPTIONAL { ?event kg:actor/rdfs:label ?actor } OPTIONAL { ?event kg:actorState/kg:iso3 ?actorState }
    OPTIONAL { ?event kg:recipient/rdfs:label ?recipient }
    OPTIONAL { ?event kg:recipientState/kg:iso3 ?recipientState }
    OPTIONAL { ?article schema:url ?url } OPTIONAL { ?article schema:datePublished ?published }
  }
}"""


def count_events(entry: Entry) -> int:
    return entry.graph.count(_IS_EVENT)


def enough(entries: list[Entry], events: int) -> Iterator[Entry]:
    """Copies of `entries` that hold so many events."""
    for entry in multiply(entries):
        if events <= 0:
            return
        events -= count_events(entry)
        yield entry


def make_journal(data: Path, entries: list[Entry], events: int) -> None:
    if data.exists():
        return
    wanted = enough(entries, events)
    with Journal.open(data, base_iri=Settings().base_iri, write=True) as journal:
        while batch := list(islice(wanted, BATCH)):
            journal.append(batch)


def export(data: Path, format: str, file: Path) -> tuple[float, float, float]:
    """Seconds by the clock and of a processor, and megabytes at the most."""
    command = [sys.executable, "-m", "kg", "export", "--data", data, "--table", "events", "--format", format]
    started = time.perf_counter()
    process = subprocess.Popen([*command, "--output", file, "--force"])
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000


def ask_peer(entries: list[Entry]) -> tuple[float, int]:
    """Seconds of a processor that the query took, and events in the store."""
    store = ox.Store()
    held = list(enough(entries, PEER_EVENTS))
    for entry in held:
        store.load(entry.graph, ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(entry.article))
    started = time.process_time()
    results = store.query(QUERY, prefixes=PREFIXES)
    with tempfile.TemporaryFile() as file:
        results.serialize(file, ox.QueryResultsFormat.CSV)
    return time.process_time() - started, sum(map(count_events, held))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        entries = read_entries(asked.data or ingest(SAMPLES, Path(folder) / "samples"))
        data = asked.keep or Path(folder) / "copies"
        make_journal(data, entries, asked.events)
        seconds, events = ask_peer(entries)
        peer = events / seconds
        print(f"Oxigraph, one query, {events} events: {peer:.0f} events in a second of a processor")
        for format in FORMATS:
            if format == "xlsx" and asked.events > SHEET:
                continue
            file = Path(folder) / f"events.{format}"
            seconds, worked, megabytes = export(data, format, file)
            rate = asked.events / worked
            size = file.stat().st_size / 1e6
            print(
                f"{format}: {seconds:.1f} s, {worked:.1f} s of a processor, {rate:.0f} events in a second of it "
                f"({rate / peer:.1f} times Oxigraph's), {megabytes:.0f} MB of memory, a file of {size:.0f} MB"
            )


if __name__ == "__main__":
    main()
