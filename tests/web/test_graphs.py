"""The Graph Store Protocol as it runs: journal, index, reader and parser processes, asked without a network.

https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import RDF

from kg.curator import Curator
from kg.errors import IndexStoreError
from kg.index.answer import Answer
from kg.index.local import LocalIndex
from kg.index.reader import Limits
from kg.index.readers import Readers
from kg.keeper import Keeper
from kg.settings import Settings
from kg.types import Entry, Format
from kg.web.app import create_app
from kg.web.negotiation import GRAPHS
from kg.web.service_description import SD

from .conftest import BASE, TOKEN, Client

TURTLE = "text/turtle; charset=utf-8"
HERE = "http://test/graphs"
PREFIXES = "@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix v: <http://www.w3.org/2006/vcard/ns#> .\n"
JOHN = PREFIXES + '<> a foaf:Person ; foaf:businessCard [ a v:VCard ; v:fn "John Doe" ] .'
JANE = PREFIXES + '<> a foaf:Person ; foaf:businessCard [ a v:VCard ; v:fn "Jane Doe" ] .'
ALICE = PREFIXES + '[] a foaf:Person ; foaf:businessCard [ a v:VCard ; v:given-name "Alice" ] .'
WRONG = "<> a <https://w3id.org/geokg/ontology#Event> ."
ARTICLE = f"{BASE}article/0123"


class Store(Client):
    """A client of a graph store."""

    def send(
        self, method: str, url: str, content: str | bytes = "", media_type: str | None = TURTLE, **options: Any
    ) -> httpx.Response:
        headers = {"Authorization": f"Bearer {TOKEN}", **options.pop("headers", {})}
        headers |= {"Content-Type": media_type} if media_type else {}
        return self.request(method, url, content=content, headers=headers, **options)

    def put(
        self, url: str, content: str | bytes = JOHN, media_type: str | None = TURTLE, **options: Any
    ) -> httpx.Response:
        return self.send("PUT", url, content, media_type, **options)

    def post(
        self, url: str, content: str | bytes = JOHN, media_type: str | None = TURTLE, **options: Any
    ) -> httpx.Response:
        return self.send("POST", url, content, media_type, **options)

    def delete(self, url: str) -> httpx.Response:
        return self.send("DELETE", url, media_type=None)

    def graph(self, url: str, accept: str = "text/turtle") -> Graph:
        response = self.get(url, accept)
        assert response.status_code == 200, response.text
        assert response.headers["content-type"].split(";")[0] == accept
        return Graph().parse(data=response.content, format=accept)

    def holds(self, url: str, *turtle: str, base: str) -> bool:
        """Whether a graph is that which the Turtle documents give, each read by itself against `base`."""
        expected = Graph()
        for one in turtle:
            expected.parse(data=one, format="turtle", publicID=base)
        return isomorphic(self.graph(url), expected)


def serve(directory: Path, **options: Any) -> Iterator[Store]:
    settings = Settings(data=directory, write_token=TOKEN, base_iri=BASE, **options)
    with (
        Keeper.open(settings) as keeper,
        Readers(
            directory,
            size=1,
            timeout=10,
            limits=Limits(memory_mb=512),
            has_union=settings.union_default_graph is not False,
        ) as readers,
        Curator.open(keeper, settings) as curator,
    ):
        triples = b"<http://x/a> <http://x/p> <http://x/o> .\n"
        keeper.keep([Entry(ARTICLE, "1", b"words", Format.TEXT, triples, "", "")], [])
        yield Store(create_app(settings, readers, None, curator))


@pytest.fixture(scope="module")
def union(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    yield from serve(tmp_path_factory.mktemp("union"))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    yield from serve(tmp_path_factory.mktemp("plain"), union_default_graph=False, max_body_mb=0.1)


@pytest.fixture(params=["union", "plain"])
def client(request: pytest.FixtureRequest) -> Store:
    store: Store = request.getfixturevalue(request.param)
    return store


@pytest.fixture(params=["direct", "indirect"])
def address(request: pytest.FixtureRequest) -> str:
    """Where a graph of its own is found, by either way to name it."""
    name = f"{request.node.name.split('[')[0]}/{request.param}.ttl"
    return f"/graphs/{name}" if request.param == "direct" else f"/graphs?graph=graphs/{name}"


def iri_of(address: str) -> str:
    return "http://test/" + address.removeprefix("/").removeprefix("graphs?graph=")


@pytest.mark.parametrize("path", ["/gr%61phs/odd%20one", "/graphs%2Fodd%20one"])
def test_an_address_may_be_written_with_escapes_that_need_not_be(union: Store, path: str) -> None:
    assert union.put(path).status_code in {201, 204}
    assert union.holds("/graphs/odd%20one", JOHN, base=f"{HERE}/odd%20one")


@pytest.mark.parametrize("host", ['x"y', "a<b", "x y"])
def test_a_host_that_is_none_is_in_no_address(union: Store, host: str) -> None:
    response = union.request("GET", "/graphs", headers={"Host": host})
    assert response.status_code == 200
    assert BASE in response.text


def test_put_new_and_again(client: Store, address: str) -> None:
    response = client.put(address)
    assert (response.status_code, response.json()) == (201, {"iri": iri_of(address)})
    assert client.holds(response.headers["location"], JOHN, base=iri_of(address))
    assert client.holds(address, JOHN, base=iri_of(address))
    response = client.put(address, JANE)
    assert (response.status_code, response.content) == (204, b"")
    assert client.holds(address, JANE, base=iri_of(address))


def test_put_empty_and_replace_it(client: Store, address: str) -> None:
    assert client.put(address, "", None).status_code == 201
    assert len(client.graph(address)) == 0
    assert client.put(address, JOHN).status_code == 204
    assert client.holds(address, JOHN, base=iri_of(address))
    assert client.put(address, "# nothing").status_code == 204
    assert client.get(address).status_code == 200
    assert len(client.graph(address)) == 0


def test_delete(client: Store, address: str) -> None:
    assert client.delete(address).status_code == 404
    client.put(address)
    assert client.delete(address).status_code == 204
    assert client.delete(address).status_code == 404
    assert (client.get(address).status_code, client.request("HEAD", address).status_code) == (404, 404)
    assert client.put(address).status_code == 201


def test_post_to_a_graph_that_is_there(client: Store, address: str) -> None:
    client.put(address, JANE)
    name = '<> <http://xmlns.com/foaf/0.1/name> "Jane Doe" .'
    assert client.post(address, name).status_code == 204
    assert client.holds(address, JANE, name, base=iri_of(address))
    # A blank node is another each time.
    assert client.post(address, JANE).status_code == 204
    assert client.holds(address, JANE, JANE, name, base=iri_of(address))
    assert client.post(address, "").status_code == 204
    assert client.holds(address, JANE, JANE, name, base=iri_of(address))


def test_post_to_a_graph_that_is_not_there(client: Store, address: str) -> None:
    response = client.post(address)
    assert (response.status_code, response.json()) == (201, {"iri": iri_of(address)})
    assert client.holds(response.headers["location"], JOHN, base=iri_of(address))


def test_post_a_form(client: Store, address: str) -> None:
    client.put(address, JANE)
    files = [
        ("first", ("first.ttl", '<> <http://x/given> "Jane", [] .', "text/turtle; charset=utf-8")),
        ("last", ("last.nt", b'<http://x/s> <http://x/p> "o" .', "application/octet-stream")),
        ("none", (None, b'{"@id": "", "http://x/family": "Doe"}', "application/ld+json")),
    ]
    response = client.request("POST", address, files=files, headers={"Authorization": f"Bearer {TOKEN}"})
    assert response.status_code == 204
    parts = ('<> <http://x/given> "Jane", [] ; <http://x/family> "Doe" .', '<http://x/s> <http://x/p> "o" .')
    assert client.holds(address, JANE, *parts, base=iri_of(address))


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("multipart/form-data", b"--b\r\n", 400),
        ("multipart/form-data; boundary=b", b"words", 400),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Type: text/turtle\r\n\r\n<a> <b> <c> .", 400),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Type: text/turtle\r\n\r\n<a> <b>\r\n--b--\r\n", 400),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Type: image/png\r\n\r\n<a> <b> <c> .\r\n--b--\r\n", 415),
        ("multipart/form-data; boundary=b", b"--b\r\n\r\n<a> <b> <c> .\r\n--b--\r\n", 415),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Type: text/turtle\r\n\r\n\r\n" * 101 + b"--b--\r\n", 400),
        ("multipart/form-data; boundary=b", b"--b\r\n" + b"a: b\r\n" * 100 + b"\r\n\r\n--b--\r\n", 400),
    ],
)
def test_a_form_that_is_none(plain: Store, content_type: str, body: bytes, status: int) -> None:
    response = plain.post("/graphs/form", body, content_type)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert plain.get("/graphs/form").status_code == 404


def test_post_makes_a_graph_of_its_own(client: Store) -> None:
    made = [client.post("/graphs", ALICE) for _ in range(2)]
    assert [response.status_code for response in made] == [201, 201]
    locations = [response.headers["location"] for response in made]
    assert locations[0] != locations[1]
    for location in locations:
        assert location.startswith(f"{HERE}/")
        assert client.holds(location, ALICE, base=location)
        assert client.holds(f"/graphs?graph={location}", ALICE, base=location)
        assert client.post(location, "").status_code == 204


def test_head(client: Store) -> None:
    client.put("/graphs/head")
    response = client.request("HEAD", "/graphs/head", headers={"Accept": "application/n-triples"})
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["content-type"].startswith("application/n-triples")


def test_the_default_graph_of_a_plain_dataset(plain: Store) -> None:
    assert len(plain.graph("/graphs?default")) == 0
    assert plain.put("/graphs?default", ALICE).status_code == 201
    assert plain.holds("/graphs?default", ALICE, base=HERE)
    assert plain.put("/graphs?default=", JANE).status_code == 204
    assert plain.holds("/graphs?default", JANE, base=HERE)
    assert plain.post("/graphs?default", ALICE).status_code == 204
    assert plain.holds("/graphs?default", JANE, ALICE, base=HERE)
    assert plain.delete("/graphs?default").status_code == 204
    assert plain.delete("/graphs?default").status_code == 204
    assert len(plain.graph("/graphs?default")) == 0
    assert plain.put("/graphs?default", WRONG).status_code == 422


def test_a_plain_dataset_holds_what_was_put_in_and_nothing_else(plain: Store) -> None:
    plain.put("/graphs/alone", "<a:b> <a:c> <a:d> .")
    assert plain.get("/graphs", "text/turtle").status_code == 200
    assert len(plain.graph("/graphs?default")) == 0
    assert plain.get(f"/graphs?graph={BASE}graph/reference").status_code == 404


def test_the_union_can_be_read_and_not_written(union: Store) -> None:
    union.put("/graphs/of-union", "<a:b> <a:c> <a:unioned> .")
    assert URIRef("a:unioned") in set(union.graph("/graphs?default", "application/n-triples").objects())
    for method in ("PUT", "POST", "DELETE"):
        response = union.send(method, "/graphs?default", "")
        assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD")
        assert "KG_UNION_DEFAULT_GRAPH=false" in response.json()["detail"]
    assert len(union.graph(f"/graphs?graph={BASE}graph/reference", "application/n-triples")) > 1000


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("text/turtle", "<> <p> <o> ."),
        ("application/x-turtle", "<> <p> <o> ."),
        ("application/n-triples", f"<{HERE}/formats> <{HERE}/p> <{HERE}/o> ."),
        ("text/plain", f"<{HERE}/formats> <{HERE}/p> <{HERE}/o> ."),
        ("application/ld+json", f'{{"@id": "", "{HERE}/p": {{"@id": "o"}}}}'),
        ("Application/JSON", f'{{"@id": "", "{HERE}/p": {{"@id": "o"}}}}'),
        (
            "application/rdf+xml",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="">'
            f'<x:p xmlns:x="{HERE}/" rdf:resource="o"/></rdf:Description></rdf:RDF>',
        ),
    ],
)
@pytest.mark.parametrize("accept", [format.media_type for format in GRAPHS])
def test_formats_in_and_out(plain: Store, media_type: str, content: str, accept: str) -> None:
    assert plain.put("/graphs/formats", content, media_type).is_success
    graph = plain.get("/graphs/formats", accept)
    quads = list(ox.parse(graph.content, ox.RdfFormat.from_media_type(accept)))
    assert [str(quad.triple) for quad in quads] == [f"<{HERE}/formats> <{HERE}/p> <{HERE}/o>"]


@pytest.mark.parametrize(
    ("url", "accept", "status", "media_type"),
    [
        ("/graphs/read", None, 200, "text/turtle"),
        ("/graphs/read", "*/*", 200, "text/turtle"),
        ("/graphs/read", "text/turtle;q=0.1, application/n-triples;q=0.2", 200, "application/n-triples"),
        ("/graphs/read", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", 200, "text/plain"),
        ("/graphs/read", "image/png", 406, None),
        ("/graphs/read", "text/turtle;q=0", 406, None),
        ("/graphs/read?format=nt", "text/turtle", 200, "application/n-triples"),
        ("/graphs/read?format=application/rdf%2Bxml", None, 200, "application/rdf+xml"),
        ("/graphs/read?format=png", "text/turtle", 406, None),
        ("/graphs?graph=graphs/read&format=jsonld", None, 200, "application/ld+json"),
        ("/graphs?default&format=nt", None, 200, "application/n-triples"),
        ("/graphs?format=nt", None, 200, "application/n-triples"),
        ("/graphs", "text/html", 200, "text/plain"),
    ],
)
def test_which_format_is_given(plain: Store, url: str, accept: str | None, status: int, media_type: str | None) -> None:
    plain.put("/graphs/read")
    response = plain.get(url, accept)
    assert response.status_code == status
    assert media_type is None or response.headers["content-type"].split(";")[0] == media_type
    assert response.headers["vary"].startswith("Accept")


@pytest.mark.parametrize(
    ("method", "url", "content", "media_type", "status", "words"),
    [
        ("PUT", "/graphs/bad", "<a> <b> .", TURTLE, 400, "line 1, column 9"),
        ("PUT", "/graphs/bad", JOHN, "application/rdf+xml", 400, "no RDF/XML"),
        ("PUT", "/graphs/bad", JOHN, "application/ld+json", 400, "no JSON-LD: line 1"),
        ("PUT", "/graphs/bad", '{"@id": "a:g", "@graph": [{"a:p": 1}]}', "application/ld+json", 400, "graphs inside"),
        ("PUT", "/graphs/bad", "[" * 1000, "application/ld+json", 413, "KG_MAX_NESTING"),
        ("PUT", "/graphs/bad", "#" * 100_001, TURTLE, 413, "KG_MAX_BODY_MB"),
        ("PUT", "/graphs/bad", JOHN, None, 415, "text/turtle"),
        ("PUT", "/graphs/bad", JOHN, "image/png", 415, "not image/png"),
        ("PUT", "/graphs/bad", JOHN, "text/turtle; charset=latin-1", 415, "UTF-8"),
        ("PUT", "/graphs/bad", JOHN, "multipart/form-data; boundary=b", 415, "multipart"),
        ("PUT", "/graphs/bad", JOHN, "application/n-quads", 415, "n-quads"),
        ("PUT", "/graphs/bad", WRONG, TURTLE, 422, "An event has"),
        ("POST", "/graphs/bad", WRONG, TURTLE, 422, "An event has"),
        ("PUT", "/graphs", JOHN, TURTLE, 400, "say which graph"),
        ("DELETE", "/graphs", "", None, 400, "say which graph"),
        ("PUT", "/graphs?default&graph=a:b", JOHN, TURTLE, 400, "once"),
        ("PUT", "/graphs?graph=a:b&graph=a:c", JOHN, TURTLE, 400, "once"),
        ("PUT", "/graphs?default&default", JOHN, TURTLE, 400, "once"),
        ("PUT", "/graphs?graph=a%20b", JOHN, TURTLE, 400, "no absolute IRI"),
        ("PUT", "/graphs?graph=http://[", JOHN, TURTLE, 400, "no IRI"),
        ("PUT", "/graphs?graph=http://x/%25zz", JOHN, TURTLE, 400, "no absolute IRI"),
        ("PUT", "/graphs?graph=%FF", JOHN, TURTLE, 400, "UTF-8"),
        ("PUT", "/graphs?grpah=a:b", JOHN, TURTLE, 400, "no parameter grpah"),
        ("PUT", "/graphs/bad?graph=a:b", JOHN, TURTLE, 400, "names a graph itself"),
        ("PUT", "/graphs/bad?default", JOHN, TURTLE, 400, "names a graph itself"),
        ("PUT", "/graphs/%zz", JOHN, TURTLE, 400, "no absolute IRI"),
        ("PUT", f"/graphs?graph={BASE}article/1", JOHN, TURTLE, 409, "/articles"),
        ("POST", f"/graphs?graph={ARTICLE}", JOHN, TURTLE, 409, "/articles"),
        ("PUT", f"/graphs?graph={BASE}graph/reference", JOHN, TURTLE, 409, "ships with"),
        ("DELETE", f"/graphs?graph={BASE}graph/vocabulary", "", None, 409, "ships with"),
        ("PUT", f"/graphs?graph={BASE}graph/examples", JOHN, TURTLE, 409, "ships with"),
        ("PUT", f"/graphs?graph={BASE}state/USA", JOHN, TURTLE, 409, "itself answers"),
        ("PUT", f"/graphs?graph={BASE}ontology.ttl", JOHN, TURTLE, 409, "itself answers"),
        ("PUT", f"/graphs?graph={BASE}sparql", JOHN, TURTLE, 409, "itself answers"),
        ("PUT", f"/graphs?graph={BASE}static/x", JOHN, TURTLE, 409, "itself answers"),
        ("PUT", "/graphs?graph=urn:x-kg:default", JOHN, TURTLE, 409, "own use"),
        ("DELETE", "/graphs?graph=urn:x-kg:index", "", None, 409, "own use"),
        ("DELETE", f"/graphs?graph={BASE}article/none", "", None, 404, "no graph"),
    ],
)
def test_what_is_refused_changes_nothing(
    plain: Store, method: str, url: str, content: str, media_type: str | None, status: int, words: str
) -> None:
    response = plain.send(method, url, content, media_type)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert words in response.json()["detail"]
    assert plain.get("/graphs/bad").status_code == 404
    assert len(plain.graph("/graphs?default")) == 0


def test_a_graph_that_does_not_conform_gives_its_report_and_stays_as_it_was(client: Store) -> None:
    client.put("/graphs/kept")
    for method in ("PUT", "POST"):
        problem = client.send(method, "/graphs/kept", WRONG).json()
        assert (problem["status"], problem["stage"], problem["report"]["conforms"]) == (422, "shacl", False)
        assert {result["focusNode"] for result in problem["report"]["results"]} == {f"<{HERE}/kept>"}
    assert client.holds("/graphs/kept", JOHN, base=f"{HERE}/kept")


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize("url", ["/graphs", "/graphs?default", "/graphs/token", f"/graphs?graph={BASE}state/USA"])
@pytest.mark.parametrize("token", [None, "", "Bearer", "Bearer wrong", f"Basic {TOKEN}"])
def test_the_token_is_needed(plain: Store, method: str, url: str, token: str | None) -> None:
    headers = {"Content-Type": TURTLE} | ({} if token is None else {"Authorization": token})
    response = plain.request(method, url, content=JOHN, headers=headers)
    assert response.status_code == 401
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert plain.get("/graphs/token").status_code == 404


@pytest.mark.parametrize(("options", "words"), [({"write_token": None}, "KG_WRITE_TOKEN"), ({}, "only reads")])
def test_nobody_may_write(plain: Store, options: dict[str, Any], words: str) -> None:
    service = plain.app.state.service
    app = create_app(service.settings.model_copy(update=options), service.querier, None, None)
    response = Store(app).put("/graphs/nobody")
    assert response.status_code == 403
    assert words in response.json()["detail"]


@pytest.mark.parametrize("method", ["PATCH", "OPTIONS"])
@pytest.mark.parametrize("url", ["/graphs", "/graphs/a/b"])
def test_other_methods(plain: Store, method: str, url: str) -> None:
    response = plain.request(method, url)
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD, PUT, POST, DELETE")


@pytest.mark.parametrize(
    ("host", "iri"),
    [
        ("localhost:8000", f"{BASE}graphs/named/é%20b/"),
        ("LOCALHOST:8000", f"{BASE}graphs/named/é%20b/"),
        ("example.org", "http://example.org/graphs/named/é%20b/"),
    ],
)
def test_the_address_names_the_graph_as_it_was_sent(plain: Store, host: str, iri: str) -> None:
    expected = iri.replace("é", "%C3%A9")
    response = plain.put("/graphs/named/%C3%A9%20b/", "<> a <a:b> .", headers={"Host": host})
    assert response.json() == {"iri": expected}
    assert response.headers["location"] == expected
    graph = plain.graph(f"/graphs?graph={quote(expected)}")
    assert set(graph.subjects(RDF.type)) == {URIRef(expected)}
    assert plain.delete(f"/graphs?graph={quote(expected)}").status_code == 204


def test_a_graph_may_be_named_like_any_other_thing(client: Store) -> None:
    for iri in ("urn:isbn:1", "http://example.org/é?a=b&c", f"{BASE}graph/mine", "http://other:8000/state/USA"):
        url = f"/graphs?graph={quote(iri)}"
        assert client.put(url, "<> a <a:b> .").json() == {"iri": iri}
        assert set(client.graph(url).subjects()) == {URIRef(iri)}


def test_a_curated_graph_is_linked_data_too(union: Store) -> None:
    union.put(f"/graphs?graph={BASE}graph/linked", "<> a <a:b> .")
    assert union.get("/graph/linked.nt").text == f"<{BASE}graph/linked> <{RDF.type}> <a:b> .\n"


def test_a_list_of_graphs(client: Store) -> None:
    client.put("/graphs/listed")
    graph = client.graph("/graphs")
    assert URIRef(f"{HERE}/listed") in set(graph.objects(None, SD.name))
    assert URIRef(ARTICLE) in set(graph.objects(None, SD.name))
    assert URIRef("urn:x-kg:default") not in set(graph.objects(None, SD.name))


def test_what_is_kept_but_not_to_be_found_yet_is_said_so(union: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise IndexStoreError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(LocalIndex, "apply", refuse)
        assert union.put("/graphs/late").status_code == 503
    assert union.get("/graphs/late").status_code == 404
    assert union.put("/graphs/other").status_code == 201
    assert union.holds("/graphs/late", JOHN, base=f"{HERE}/late")


def test_a_removed_article_is_gone(tmp_path: Path) -> None:
    for client in serve(tmp_path):
        assert client.get("/article/0123").status_code == 200
        assert len(client.graph(f"/graphs?graph={ARTICLE}")) == 1
        client.put("/graphs/about", f"<{ARTICLE}> <a:b> <a:c> .")
        assert client.delete(f"/graphs?graph={ARTICLE}").status_code == 204
        for url in ("/article/0123", "/article/0123.ttl", "/article/0123.html"):
            assert client.get(url).status_code == 410
        assert client.get(f"/graphs?graph={ARTICLE}").status_code == 404
        assert client.get("/article/4567").status_code == 404


def test_a_graph_that_goes_while_it_is_read_was_there_or_not(union: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    union.put("/graphs/going")
    service = union.app.state.service
    query = Readers.query

    def remove_first(readers: Readers, text: str, **options: Any) -> Answer:
        if text.startswith("CONSTRUCT"):
            service.curator.remove(f"{HERE}/going")
        return query(readers, text, **options)

    monkeypatch.setattr(Readers, "query", remove_first)
    assert union.get("/graphs/going").status_code == 404


@pytest.mark.parametrize("host", ["a b", "", "<script>", "[::1", "x/y", "\xe9"])
def test_a_host_that_is_none_names_nothing(plain: Store, host: str) -> None:
    response = plain.request("GET", "/graphs?format=ttl", headers={"Host": host.encode("latin-1")})
    assert response.status_code == 200
    (collection,) = Graph().parse(data=response.text).subjects(RDF.type, SD.GraphCollection)
    assert str(collection) == f"{BASE}graphs"
