from __future__ import annotations

from urllib.parse import quote

import pyoxigraph as ox
import pytest
import rdflib

from .conftest import ARTICLE, BASE, HERE, Client

ID = "0123456789abcdef"
FORMATS = [
    (".ttl", "text/turtle"),
    (".nt", "application/n-triples"),
    (".jsonld", "application/ld+json"),
    (".rdf", "application/rdf+xml"),
]


def read_triples(content: bytes, media_type: str) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(content, format=ox.RdfFormat.from_media_type(media_type))}


def read_expected(name: str) -> set[ox.Triple]:
    return read_triples((HERE / name).read_bytes(), "text/turtle")


@pytest.mark.parametrize("by_suffix", [True, False])
@pytest.mark.parametrize(("suffix", "media_type"), FORMATS)
def test_an_article_gives_its_whole_graph(client: Client, suffix: str, media_type: str, by_suffix: bool) -> None:
    url = f"/article/{ID}"
    response = client.get(url + suffix, "text/html") if by_suffix else client.get(url, media_type)
    assert response.status_code == 200
    assert response.headers["content-type"].split(";")[0] == media_type
    assert response.url.join(response.headers["content-location"]).path == url + suffix
    assert read_triples(response.content, media_type) == read_expected("article.ttl")


@pytest.mark.parametrize(
    ("key", "outgoing", "incoming"),
    [
        ("state/CHL", "iso3", "recipientState"),
        ("person/ada-vale", "holds", "speaker"),
        ("person/άννα-ζώη", "label", "speaker"),
        ("post/alb-foreign-minister", "role", "holds"),
        (f"evidence/{ID}-46-137", "exact", "evidence"),
        (f"event/{ID}-83-threaten", "category", "enacts"),
        (f"activity/{ID}", "modelVersion", "wasGeneratedBy"),
    ],
)
def test_any_other_thing_gives_what_is_said_of_it_and_points_to_it(
    client: Client, key: str, outgoing: str, incoming: str
) -> None:
    response = client.get("/" + quote(key))
    assert response.headers["content-type"].startswith("text/turtle")
    graph = rdflib.Graph().parse(data=response.text)
    it = rdflib.URIRef(BASE + key)
    assert any(p.endswith(outgoing) for p in graph.predicates(subject=it))
    assert any(p.endswith(incoming) for p in graph.predicates(object=it))
    assert all(it in (s, o) for s, _, o in graph)


def test_a_named_graph_gives_its_triples(client: Client) -> None:
    response = client.get("/graph/reference.ttl")
    assert read_triples(response.content, "text/turtle") == read_expected("reference.ttl")


def test_headers_say_where_the_other_formats_are(client: Client) -> None:
    response = client.get("/person/" + quote("άννα-ζώη"), "text/html")
    assert response.headers["content-location"] == quote("άννα-ζώη") + ".html"
    assert response.headers["vary"].startswith("Accept")
    assert f'<{quote("άννα-ζώη")}.ttl>; rel="alternate"; type="text/turtle"' in response.headers["link"]
    assert response.headers["link"].count('rel="alternate"') == 5


@pytest.mark.parametrize(
    ("url", "accept", "present", "absent"),
    [
        (
            f"/article/{ID}",
            "text/html",
            [
                '<https://schema.org/NewsArticle>; rel="type"',
                '<https://schema.org/AboutPage>; rel="type"',
                f'<{ARTICLE}>; rel="cite-as"',
                f'<{ID}.ttl>; rel="describedby"; type="text/turtle"',
                '<../.well-known/void>; rel="collection"',
            ],
            # Whose the text is, we do not know.
            ['rel="license"', 'rel="describes"'],
        ),
        (
            "/state/ALB",
            "text/turtle",
            ['<https://schema.org/Country>; rel="type"', '<ALB.html>; rel="describes"; type="text/html"'],
            ["AboutPage", 'rel="describedby"'],
        ),
        (
            "/ontology",
            "text/turtle",
            [
                '<https://www.apache.org/licenses/LICENSE-2.0>; rel="license"',
                '<https://w3id.org/geokg/ontology>; rel="cite-as"',
            ],
            [],
        ),
        (
            "/",
            "text/html",
            [
                '<./.well-known/void.ttl>; rel="describedby"; type="text/turtle"',
                '<./openapi.json>; rel="service-desc"; type="application/json"',
                'rel="service-doc"',
            ],
            [],
        ),
    ],
)
def test_signposts(client: Client, url: str, accept: str, present: list[str], absent: list[str]) -> None:
    response = client.get(url, accept)
    link = response.headers["link"]
    assert [words for words in present if words not in link] == []
    assert [words for words in absent if words in link] == []
    if accept == "text/html":
        assert response.text.count("<link rel=") == link.count("rel=") + 2


@pytest.mark.parametrize(("suffix", "media_type"), FORMATS)
@pytest.mark.parametrize(
    "key",
    [
        "state/ALB",
        "person/άννα-ζώη",
        "post/alb-foreign-minister",
        f"statement/{ID}-83",
        f"event/{ID}-83-threaten",
        f"evidence/{ID}-46-137",
        f"activity/{ID}",
        "graph/reference",
        "ontology",
        "shapes",
        "plover",
        "stance",
        "factuality",
        "kind",
    ],
)
def test_everything_can_be_read_in_every_format(client: Client, key: str, suffix: str, media_type: str) -> None:
    found = client.get(f"/{quote(key)}{suffix}")
    assert found.headers["content-type"].split(";")[0] == media_type
    turtle = client.get(f"/{quote(key)}.ttl")
    number = len(read_triples(turtle.content, "text/turtle"))
    assert len(read_triples(found.content, media_type)) == number > 0


@pytest.mark.parametrize(
    ("url", "accept", "status"),
    [
        ("/state/XXX", None, 404),
        ("/state/XXX.ttl", None, 404),
        ("/state/ALB.pdf", None, 404),
        ("/person/a%3E%20%3Fp%20%3Fo%20%7D%20%23", None, 404),
        ("/person/%22", None, 404),
        ("/person/a%5Cu003e", None, 404),
        ("/person/" + "a" * 501, None, 404),
        ("/person/%FF", None, 404),
        ("/nothing/ALB", None, 404),
        ("/state/ALB", "image/png", 406),
        ("/state/ALB", "text/html;q=0.1,text/turtle;q=0.2", 200),
    ],
)
def test_status(client: Client, url: str, accept: str | None, status: int) -> None:
    assert client.get(url, accept).status_code == status


def test_browsers_get_errors_as_pages(client: Client) -> None:
    response = client.get("/state/XXX", "text/html")
    assert response.status_code == 404
    assert "<h1>Not Found</h1>" in response.text
    assert ARTICLE not in response.text
