"""Pages are the same whether facts are put in order here or, where they are too many, by the engine."""

from __future__ import annotations

import base64
import json

import pytest

from assistant.conftest import BASE, HERE, StoreAsked
from kg.assistant import Graph, Source, question
from kg.assistant.cursors import read_cursor, write_cursor
from kg.assistant.periods import Period
from kg.assistant.question import Page, Question, find_page
from kg.errors import ArgumentError

NEWS = (HERE / "news.trig").read_text("utf-8")
EVERY = Question("kg:Event", "", "kg:date", Period())
DATED = Question("kg:Event", "?fact kg:category ?any .", "kg:date", Period.of("2030", "2032"))


def pages(graph: Graph, asked: Question, limit: int) -> list[Page]:
    found, cursor = [], None
    while True:
        page = find_page(graph, asked, asked, cursor, limit)
        found.append(page)
        cursor = page.cursor_after(len(page.keys), asked)
        if cursor is None:
            return found


@pytest.mark.parametrize("asked, total", [(EVERY, 4), (DATED, 3)])
@pytest.mark.parametrize("limit", [1, 2, 3, 50])
@pytest.mark.parametrize("most", [1, 3, 50_000])
def test_pages(monkeypatch: pytest.MonkeyPatch, asked: Question, total: int, limit: int, most: int) -> None:
    monkeypatch.setattr(question, "_MOST_SORTED", most)
    graph = Graph(Source(StoreAsked(NEWS), is_remote=True))
    found = pages(graph, asked, limit)
    assert [page.total for page in found] == [total] * len(found)
    assert len(found) == -(-total // limit)
    order = [f"{BASE}event/{name}" for name in ("a-2", "a-1", "b-1", "b-2")]
    assert [iri for page in found for iri, _ in page.keys] == order[:total]


def test_a_list_is_found_once_while_the_graph_stays_as_it_is() -> None:
    asked = StoreAsked(NEWS)
    graph = Graph(Source(asked))
    asked.store.update("INSERT { ?s ?p ?o } WHERE { GRAPH ?g { ?s ?p ?o } }")
    first = find_page(graph, DATED, DATED, None, 1)
    number = len(asked.asked)
    second = find_page(graph, DATED, DATED, first.cursor_after(1, DATED), 1)
    assert len(asked.asked) == number and second.keys != first.keys
    asked.generation += 1
    assert find_page(graph, DATED, DATED, None, 1) == first and len(asked.asked) > number


def test_a_page_goes_on_after_its_last_fact_also_where_others_come_in_between() -> None:
    asked = StoreAsked(NEWS)
    graph = Graph(Source(asked, is_remote=True))
    first = find_page(graph, EVERY, EVERY, None, 2)
    new = f"GRAPH <{BASE}article/c> {{ <{BASE}event/c-1> a <https://w3id.org/geokg/ontology#Event> ; "
    asked.store.update(f"INSERT DATA {{ {new} <https://w3id.org/geokg/ontology#date> '2033' }} }}")
    second = find_page(graph, EVERY, EVERY, first.cursor_after(2, EVERY), 2)
    assert [iri.rpartition("/")[2] for iri, _ in (*first.keys, *second.keys)] == ["a-2", "a-1", "b-1", "b-2"]
    assert second.total == 5


def test_a_cursor_is_read_back() -> None:
    cursor = write_cursor("question", "2031-05 http://x/ü")
    assert read_cursor("question", cursor) == "2031-05 http://x/ü"
    assert read_cursor("question", None) is None
    with pytest.raises(ArgumentError):
        read_cursor("another", cursor)


@pytest.mark.parametrize("key", ["\ud800", 1, None, ["x"]])
def test_a_cursor_that_was_tampered_with_is_refused(key: object) -> None:
    digest, _ = json.loads(base64.urlsafe_b64decode(write_cursor("question", "x")))
    with pytest.raises(ArgumentError):
        read_cursor("question", base64.urlsafe_b64encode(json.dumps([digest, key]).encode()).decode())
