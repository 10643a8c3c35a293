from __future__ import annotations

import pytest

from kg.web.negotiation import (
    CSV,
    GRAPHS,
    HTML,
    JSON,
    JSONLD,
    NTRIPLES,
    RDFXML,
    RESULTS,
    TSV,
    TURTLE,
    XML,
    Format,
    choose,
    find_by_name,
    split_suffix,
)

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "results", "graphs"),
    [
        (None, JSON, TURTLE),
        ("", JSON, TURTLE),
        ("*/*", JSON, TURTLE),
        (BROWSER, HTML, HTML),
        ("text/csv", CSV, None),
        ("TEXT/CSV ; Q=0.5", CSV, None),
        ("application/n-triples", None, NTRIPLES),
        ("application/json", JSON, JSONLD),
        ("application/xml", XML, RDFXML),
        ("application/*", JSON, JSONLD),
        ("text/*", CSV, TURTLE),
        ("text/csv;q=0.2, text/tab-separated-values;q=0.3, text/turtle;q=0", TSV, None),
        ("text/csv;q=0, */*;q=0.1", JSON, TURTLE),
        ("application/sparql-results+json;q=0, application/*", XML, JSONLD),
        ("text/turtle;q=0.1, text/*;q=0.9, application/rdf+xml;q=0.5", CSV, HTML),
        ("text/csv;q=2", None, None),
        ("image/png", None, None),
        ("nonsense", None, None),
        (";;,/,*", None, None),
    ],
)
def test_choose(accept: str | None, results: Format | None, graphs: Format | None) -> None:
    assert choose(accept, (*RESULTS, HTML)) == results
    assert choose(accept, (*GRAPHS, HTML)) == graphs


@pytest.mark.parametrize(
    ("names", "results", "graphs"),
    [
        (["json"], JSON, JSONLD),
        (["xml"], XML, RDFXML),
        (["tsv", "text/tab-separated-values"], TSV, None),
        (["json-ld", "application/ld+json,application/x-json+ld"], None, JSONLD),
        (["n3"], None, TURTLE),
        (["RDF+XML"], None, RDFXML),
        (["application/sparql-results+xml"], XML, None),
        (["pdf"], None, None),
        ([], None, None),
    ],
)
def test_find_by_name(names: list[str], results: Format | None, graphs: Format | None) -> None:
    assert find_by_name(names, RESULTS) == results
    assert find_by_name(names, GRAPHS) == graphs


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("USA.ttl", ("USA", TURTLE)),
        ("USA.jsonld", ("USA", JSONLD)),
        ("USA", ("USA", None)),
        ("a.b.rdf", ("a.b", RDFXML)),
        ("USA.pdf", ("USA.pdf", None)),
    ],
)
def test_split_suffix(name: str, expected: tuple[str, Format | None]) -> None:
    assert split_suffix(name, GRAPHS) == expected
