"""Articles made into more articles."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.asking import open_current
from kg.keeper import Keeper, fixed_graphs
from kg.settings import Settings
from kg.types import Entry, Format
from serve_data import copy_entry, make_dataset, multiply, read_entries, shift_dates

BASE = "http://localhost:8000/"
DATE = "^^<http://www.w3.org/2001/XMLSchema#date>"


def make_entry(name: str) -> Entry:
    lines = (
        f"<{BASE}event/{name}-1-aid> <https://w3id.org/geokg/ontology#actorState> <{BASE}state/XNO> .",
        f'<{BASE}event/{name}-1-aid> <https://w3id.org/geokg/ontology#date> "2023-12-30"{DATE} .',
        f'<{BASE}state/XNO> <https://w3id.org/geokg/ontology#iso3> "XNO" .',
    )
    graph = "".join(f"{line}\n" for line in lines).encode()
    return Entry(f"{BASE}article/{name}", f"{name}.txt", b"words", Format.TEXT, graph, "kg", "reader")


def test_a_copy_is_another_article_about_the_same_states() -> None:
    entry = make_entry("0123456789abcdef")
    copy = copy_entry(entry, 1)
    assert copy_entry(entry, 0) == entry
    own = copy.article.rsplit("/", 1)[1]
    assert copy.article != entry.article
    assert copy.graph.decode().replace(own, "0123456789abcdef").splitlines() == [
        line.replace("2023-12-30", "2024-01-02") for line in entry.graph.decode().splitlines()
    ]


def test_copies_follow_when_all_articles_had_their_turn() -> None:
    entries = [make_entry("a" * 16), make_entry("b" * 16)]
    six = list(islice(multiply(entries), 6))
    assert six[:2] == entries
    assert len({entry.article for entry in six}) == 6


@pytest.mark.parametrize(
    ("literal", "expected"),
    [
        (
            '"2024-02-28"^^<http://www.w3.org/2001/XMLSchema#date>',
            '"2024-03-01"^^<http://www.w3.org/2001/XMLSchema#date>',
        ),
        ('"2024-02"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>', None),
        ('"2024-02-28T01:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>', None),
        ('"2024-02-28"', None),
    ],
)
def test_days_move_and_nothing_else(literal: str, expected: str | None) -> None:
    assert shift_dates(literal.encode(), 2).decode() == (expected or literal)


def test_the_files_hold_what_the_data_directory_answers_from(tmp_path: Path) -> None:
    base = tmp_path / "base"
    with Keeper.open(Settings(data=base)) as keeper:
        keeper.keep([make_entry("a" * 16), make_entry("b" * 16)], [])
    dataset = make_dataset(base, tmp_path / "more", triples=8)

    # The state is told of once: 1 + 2 for each of four articles.
    known = [quad for graph in fixed_graphs(BASE) for quad in graph.triples.splitlines()]
    assert dataset.counts == (4, len(known) + 12, len(known) + 9)
    quads = set(ox.parse(path=dataset.named, format=ox.RdfFormat.N_QUADS))
    triples = [quad.triple for quad in ox.parse(path=dataset.union, format=ox.RdfFormat.N_TRIPLES)]
    assert len(quads) == len(known) + 12
    assert len(triples) == len(set(triples))
    assert set(triples) == {quad.triple for quad in quads}
    with open_current(Settings(data=dataset.data)) as asked:
        answer = asked.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", results="text/csv", graphs=None)
        assert b"".join(answer).split() == [b"n", str(len(triples)).encode()]


def test_what_is_there_is_not_made_again(tmp_path: Path) -> None:
    with Keeper.open(Settings(data=tmp_path / "base")) as keeper:
        keeper.keep([make_entry("a" * 16)], [])
    made = make_dataset(tmp_path / "base", tmp_path / "more", triples=3)
    before = made.named.stat().st_mtime_ns
    assert make_dataset(tmp_path / "base", tmp_path / "more", triples=3).counts == made.counts
    assert made.named.stat().st_mtime_ns == before
    assert len(read_entries(made.data)) == 1
