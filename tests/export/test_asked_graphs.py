"""Rows from a SPARQL service are those from the journal, whatever the service and the selection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from invented import BASE, invent
from invented_graphs import JSON, NUMBER, fill, load_oxigraph, load_rdflib, stored
from kg.asking import open_current
from kg.errors import IndexStoreError, QueryRowsError
from kg.export import TABLES, AskedGraphs, Selection
from kg.export.solutions import Ask, ask_solutions, ask_truth
from kg.export.sources import open_stored
from kg.iris import DEFAULT_GRAPH

Stored = list[tuple[str, bytes]]
FIRST_ARTICLE = f"{BASE}article/{invent(0)[0].id}"
SELECTIONS = [
    Selection(),
    Selection(states=("ALB",)),
    Selection(actors=("EST", "Ada Chileson")),
    Selection(actors=("ada CHILESON",), recipients=("FJI",)),
    Selection(recipients=(f"{BASE}state/FJI",)),
    Selection(speakers=("DNK",)),
    Selection(speakers=("albaniason", "Ada Botswanason")),
    Selection(speakers=('bobby "; drop all # \\ STRASSE',)),
    Selection(actors=("οδυσσευς",), factualities=("future",)),
    Selection(actors=("nobody at all",)),
    Selection(actors=('x") } DROP ALL #', "http://x/nobody")),
    Selection(categories=("ASSAULT", "AID"), factualities=("negated",)),
    Selection(quad_classes=("verbal-conflict",)),
    Selection(quad_classes=("verbal-conflict",), categories=("AID",)),
    Selection(stances=("condemns", "denies"), states=("CHL",)),
    Selection(since=dt.date(2024, 1, 9)),
    Selection(until=dt.date(2019, 1, 1)),
    Selection(since=dt.date(2023, 11, 15), until=dt.date(2023, 11, 20)),
    Selection(since=dt.date(2018, 5, 1), until=dt.date(2018, 5, 1), categories=("CONSULT", "AID")),
    Selection(since=dt.date(2020, 2, 29), until=dt.date(2020, 2, 29)),
    Selection(since=dt.date(2030, 1, 1)),
]
OF_EVENTS = {"actors", "recipients", "categories", "quad_classes", "factualities"}
OF_STATEMENTS = {"speakers", "stances"}


def concerns(table: str, selection: Selection) -> bool:
    """Whether a table has what the selection asks about."""
    foreign = OF_EVENTS if table == "statements" else OF_STATEMENTS
    return not any(getattr(selection, name) for name in foreign)


CASES = [(table, one) for table in ("events", "statements", "dyads") for one in SELECTIONS if concerns(table, one)]


@pytest.fixture(scope="module", params=[True, False], ids=["union", "plain"])
def directory(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Ask, Stored]]:
    settings = fill(tmp_path_factory.mktemp("data"), union=request.param)
    with open_current(settings) as asked:

        def ask(text: str) -> tuple[str, bytes]:
            with asked.query(text, results="text/tab-separated-values", graphs=None, all_rows=True) as answer:
                return answer.media_type, b"".join(answer)

        yield ask, stored(settings)


def rows_of(table: str, graphs: Any, selection: Selection) -> list[str]:
    return sorted(map(repr, TABLES[table].rows(graphs, selection)))


def expect(table: str, graphs: Stored, selection: Selection) -> list[str]:
    return rows_of(table, open_stored(graphs, selection, dict(graphs).get), selection)


@pytest.mark.parametrize("table, selection", CASES, ids=str)
def test_rows_are_those_of_the_journal(directory: tuple[Ask, Stored], table: str, selection: Selection) -> None:
    ask, graphs = directory
    assert rows_of(table, AskedGraphs(ask).of_table(table, selection), selection) == expect(table, graphs, selection)


@pytest.mark.parametrize("table", ["officials", "articles"])
@pytest.mark.parametrize("selection", [Selection(), Selection(since=dt.date(2024, 1, 9)), Selection(until=dt.date.min)])
def test_officials_and_articles_are_those_of_the_journal(
    directory: tuple[Ask, Stored], table: str, selection: Selection
) -> None:
    ask, graphs = directory
    found = rows_of(table, AskedGraphs(ask).of_table(table, selection), selection)
    assert found == expect(table, graphs, selection)


def test_each_selection_but_the_impossible_finds_something(directory: tuple[Ask, Stored]) -> None:
    """So that equal tables are not equal because they are empty."""
    found = [selection for table, selection in CASES if expect(table, directory[1], selection)]
    assert [number for number, one in enumerate(SELECTIONS) if one not in found] == [9, 10, 13, 20]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib warns of itself
@pytest.mark.parametrize("load", [load_oxigraph, load_rdflib])
@pytest.mark.parametrize("selection", SELECTIONS[:3] + SELECTIONS[7:9] + SELECTIONS[15:18], ids=str)
def test_other_engines_give_the_same(
    directory: tuple[Ask, Stored], load: Callable[[Stored], Callable[[str], bytes]], selection: Selection
) -> None:
    graphs = [one for one in directory[1] if one[0] == FIRST_ARTICLE or "article/" not in one[0]]
    if load is load_rdflib and any(iri == DEFAULT_GRAPH for iri, _ in graphs):
        pytest.skip("a union has no default graph of its own")
    answer = load(graphs)
    for table in (table for table in ("events", "statements") if concerns(table, selection)):
        asked = AskedGraphs(lambda text: (JSON, answer(text))).of_table(table, selection)
        assert rows_of(table, asked, selection) == expect(table, graphs, selection)


def test_only_graphs_that_may_matter_are_fetched(directory: tuple[Ask, Stored]) -> None:
    ask, _ = directory
    asked: list[str] = []

    def spy(text: str) -> tuple[str, bytes]:
        asked.append(text)
        return ask(text)

    graphs = list(AskedGraphs(spy).of_table("events", Selection(actors=(f"{BASE}state/FJI",))))
    holding = [iri for iri, triples in directory[1] if f"actor> <{BASE}state/FJI>".encode() in triples]
    assert {graph.iri for graph in graphs} - {None} == set(holding) and 0 < len(holding) < NUMBER


def test_graphs_come_when_they_are_needed(directory: tuple[Ask, Stored]) -> None:
    ask, _ = directory
    asked: list[str] = []

    def spy(text: str) -> tuple[str, bytes]:
        asked.append(text)
        return ask(text)

    graphs = AskedGraphs(spy).of_table("articles", Selection())
    next(graphs)
    assert len(asked) == 2 and NUMBER > 20


def test_an_answer_cut_short_is_noticed() -> None:
    answer = load_oxigraph([(f"http://x/{n}", f'<http://x/s> <http://x/p> "{n}" .\n'.encode()) for n in range(2100)])
    body = "SELECT ?o WHERE { GRAPH ?graph { ?s ?p ?o } }"

    def cut(text: str) -> tuple[str, bytes]:
        limited = text if "COUNT" in text else f"{text} LIMIT 2000"
        return JSON, answer(limited)

    assert len(ask_solutions(lambda text: (JSON, answer(text)), body)) == 2100
    with pytest.raises(QueryRowsError, match="gives 2000 of 2100 rows"):
        ask_solutions(cut, body)


@pytest.mark.parametrize(
    "content, call, message",
    [
        (b"<html>", ask_solutions, "no readable answer in text/html"),
        (b'{"head":{},"boolean":true}', ask_solutions, "yes or no where it was asked for rows"),
        (b'{"head":{"vars":[]},"results":{"bindings":[]}}', ask_truth, "rows where it was asked for yes or no"),
    ],
)
def test_what_is_no_answer_is_told(content: bytes, call: Callable[..., Any], message: str) -> None:
    with pytest.raises(IndexStoreError, match=message):
        call(lambda _: ("text/html" if content.startswith(b"<") else JSON, content), "ASK {}")
