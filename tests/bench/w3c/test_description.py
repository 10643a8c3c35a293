"""Service descriptions, held against the schema."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from rdflib import Graph

from w3c.description import describe, faults
from w3c.servers import OURS, Server
from w3c.types import DescriptionTest

SD = "@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .\n"
GOOD = """[] a sd:Service ; sd:endpoint <> ; sd:supportedLanguage sd:SPARQL11Query ; sd:resultFormat <a:f> ;
  sd:feature sd:UnionDefaultGraph ; <a:other> "x" ;
  sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ; sd:namedGraph [ sd:name <a:g> ] ] ."""


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (GOOD, 0),
        ("[] a sd:Service ; sd:endpoint 'here' .", 1),
        ("[] sd:endpoint <> .", 1),
        ("[] a sd:Service ; sd:endpint <> .", 1),
        ("[] a sd:Service, sd:Serviceable .", 1),
        ("[] a sd:Service ; sd:namedGraph [ sd:name <a:g> ] .", 1),
        ("[] a sd:Service ; sd:defaultDataset [ a sd:Graph ] .", 1),
    ],
)
def test_faults_by_the_schema(text: str, count: int) -> None:
    assert len(list(faults(Graph().parse(data=SD + text, format="turtle", publicID="http://example.org/")))) == count


@pytest.mark.parametrize("name", ["has-endpoint-triple", "returns-rdf", "conforms-to-schema"])
@pytest.mark.parametrize(
    ("media_type", "text", "right"),
    [
        ("text/turtle; charset=utf-8", SD + GOOD, True),
        ("text/html", "<html/>", False),
        ("text/turtle", "<a> <b>", False),
        ("text/turtle", "", False),
    ],
)
def test_a_description_over_http(name: str, media_type: str, text: str, right: bool) -> None:
    reply = httpx.Response(200, headers={"content-type": media_type}, text=text)
    server = Server(OURS, 1, Path(), httpx.Client(transport=httpx.MockTransport(lambda request: reply)))
    assert (describe(DescriptionTest(f"http://example.org/#{name}", ""), server) is None) is right


def test_a_test_that_is_not_known_is_not_passed() -> None:
    reply = httpx.Response(200, headers={"content-type": "text/turtle"}, text=SD + GOOD)
    server = Server(OURS, 1, Path(), httpx.Client(transport=httpx.MockTransport(lambda request: reply)))
    assert describe(DescriptionTest("http://example.org/#new", ""), server) == "what this test asks is not known here"
