from __future__ import annotations

import pytest

from kg.web.pages import Links


@pytest.mark.parametrize(
    ("base", "iri", "href"),
    [
        ("http://localhost:8000/", "http://localhost:8000/state/USA", "../state/USA"),
        ("https://example.org/kg/", "https://example.org/kg/person/άννα", "../person/%CE%AC%CE%BD%CE%BD%CE%B1"),
        ("http://localhost:8000/", 'http://localhost:8000/state/"><b>', "../state/%22%3E%3Cb%3E"),
        ("http://localhost:8000/", "https://w3id.org/geokg/plover#mode-phone", "../plover#mode-phone"),
        ("http://localhost:8000/", "https://w3id.org/geokg/shapes", "../shapes"),
        ("http://localhost:8000/", "https://w3id.org/geokg/other#x", "https://w3id.org/geokg/other#x"),
        ("http://localhost:8000/", "http://www.wikidata.org/entity/Q30", "http://www.wikidata.org/entity/Q30"),
        ("http://localhost:8000/", "javascript:alert(1)", None),
        ("http://localhost:8000/", "data:text/html,x", None),
        ("http://localhost:8000/", "//example.org/", None),
    ],
)
def test_href(base: str, iri: str, href: str | None) -> None:
    assert Links(base, "../").href(iri) == href
