"""What the journal acknowledged is there after kill -9 at any instant, and the index comes to agree with it."""

import json
import random
import subprocess
import sys
import time

import pyoxigraph as ox

from kg.index.checkpoints import Checkpoints
from kg.index.local import LocalIndex
from kg.index.protocol import FixedGraph
from kg.journal import Journal
from kg.types import Entry, Format

BASE = "http://x/"
FIXED = (FixedGraph(f"{BASE}graph/reference", "1", b"<http://x/shared/0> <http://x/p> <http://x/o> .\n"),)

# Writes and applies in a loop; says what was acknowledged. Articles and curated graphs share triples, grow, shrink, are
# removed and come again.
WRITER = """
import json, random, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_durability import BASE, FIXED, make_entry
from kg.index.local import LocalIndex
from kg.journal import Journal
directory = Path(sys.argv[1])
with Journal.open(directory, base_iri=BASE, write=True) as journal, LocalIndex.open(directory, FIXED) as index:
    index.catch_up(journal)
    print("ready", flush=True)
    for turn in range(10_000):
        before = journal.sequence
        batch = [make_entry(random.randrange(25), before) for _ in range(random.randrange(1, 4))]
        if turn % 5 == 3:
            batch = batch[:1]
            journal.put_graph(batch[0].article, batch[0].graph)
        elif turn % 5 == 4:
            batch = [entry for entry in batch[:1] if journal.remove(entry.article)]
        else:
            assert journal.append(batch) > before
        print(json.dumps({entry.article: before + 1 for entry in batch}), flush=True)
        index.apply(journal.since(index.sequence))
        if turn % 4 == 3:
            index.publish()
"""


def make_entry(number, version):
    size = (number * 7 + version * 13) % 40
    article = f"{BASE}article/{number}"
    lines = [f"<{BASE}shared/{(version + i) % 60}> <{BASE}p> <{BASE}o> .\n" for i in range(size)]
    lines.append(f'<{article}> <{BASE}version> "{version}" .\n')
    return Entry(article, f"{number}.txt", b"words", Format.TEXT, "".join(sorted(lines)).encode(), "kg", "rules")


def run_and_kill(directory, tests, seconds):
    """Kill the writer `seconds` after it is ready; the least sequence number it acknowledged, by article."""
    command = [sys.executable, "-c", WRITER, directory, tests]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout.readline() == "ready\n"
        time.sleep(seconds)
        writer.kill()
        lines = writer.stdout.read().splitlines(keepends=True)
    acknowledged = {}
    for line in lines:
        if line.endswith("\n"):
            acknowledged |= json.loads(line)
    return acknowledged


def read_index(directory):
    generation = Checkpoints(directory / "index").hold()
    try:
        return set(ox.Store.read_only(str(generation.path)))
    finally:
        generation.release()


def expected_quads(journal):
    """The union and the named graphs, straight from the journal."""
    graphs = {article: graph for _, article, graph in journal.since(0)} | {FIXED[0].iri: FIXED[0].triples}
    quads = set()
    for iri, graph in graphs.items():
        for quad in ox.parse(graph or b"", ox.RdfFormat.N_TRIPLES):
            quads |= {quad, ox.Quad(*quad.triple, ox.NamedNode(iri))}
    return quads


def test_kill_at_any_instant(tmp_path, request):
    directory = tmp_path / "data"
    chance = random.Random(20240104)
    acknowledged = {}
    for _ in range(10):
        acknowledged |= run_and_kill(directory, request.path.parent, chance.uniform(0, 0.25))
        with Journal.open(directory, base_iri=BASE, write=True) as journal:
            assert journal._connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            kept = {article: sequence for sequence, article, _ in journal.since(0)}
            assert all(kept[article] >= sequence for article, sequence in acknowledged.items())
            with LocalIndex.open(directory, FIXED) as index:
                index.catch_up(journal)
                index.publish()
            assert read_index(directory) == expected_quads(journal)
    assert len(acknowledged) > 5
    with Journal.open(directory, base_iri=BASE, write=True) as journal, LocalIndex.open(directory, FIXED) as index:
        caught_up = read_index(directory)
        index.rebuild(journal)
        assert read_index(directory) == caught_up
