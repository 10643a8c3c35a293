from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib

from kg.resources import resource
from kg.vocab import CATEGORIES, FACTUALITIES, KINDS, STANCES

from .conftest import Client

TERMS = [
    ("ontology", "https://w3id.org/geokg/ontology#", ["Event", "speaker"]),
    ("plover", "https://w3id.org/geokg/plover#", CATEGORIES),
    ("stance", "https://w3id.org/geokg/stance#", STANCES),
    ("factuality", "https://w3id.org/geokg/factuality#", FACTUALITIES),
    ("kind", "https://w3id.org/geokg/kind#", KINDS),
]


@pytest.mark.parametrize(("name", "namespace", "terms"), TERMS)
def test_vocabulary(client: Client, name: str, namespace: str, terms: list[str]) -> None:
    page = client.get(f"/{name}", "text/html").text
    turtle = client.get(f"/{name}").text
    described = set(rdflib.Graph().parse(data=turtle).subjects())
    assert [term for term in terms if f'<dt id="{term}">' not in page] == []
    assert [term for term in terms if rdflib.URIRef(namespace + term) not in described] == []


@pytest.mark.parametrize("name", ["ontology", "shapes", "plover", "stance", "factuality", "kind"])
def test_every_vocabulary_has_a_page(client: Client, name: str) -> None:
    for address in (f"/{name}.html", f"/{name}"):
        response = client.get(address, "text/html")
        assert (response.status_code, response.headers["content-type"]) == (200, "text/html; charset=utf-8")


@pytest.mark.parametrize("media_type", ["text/turtle", "application/n-triples", "application/ld+json"])
def test_the_shapes_are_those_of_all_files(client: Client, media_type: str) -> None:
    format = ox.RdfFormat.from_media_type(media_type)
    served = sum(1 for _ in ox.parse(client.get("/shapes", media_type).content, format=format))
    kept = rdflib.Graph()
    for path in resource("shapes").glob("*.ttl"):
        kept.parse(path)
    assert served == len(kept)


def test_foreign_terms_have_their_prefix(client: Client) -> None:
    assert '<a href="http://www.w3.org/ns/prov#Agent">prov:Agent</a>' in client.get("/ontology", "text/html").text


def test_context(client: Client) -> None:
    response = client.get("/context.jsonld")
    assert response.headers["content-type"] == "application/ld+json"
    assert "@context" in response.json()
