import time

import pyoxigraph as ox
import pytest

from kg.errors import (
    IndexStoreError,
    NotAcceptableError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
)
from kg.index.endpoint import Endpoint
from kg.index.protocol import FixedGraph
from kg.index.remote import STATE_GRAPH, RemoteIndex
from kg.iris import DEFAULT_GRAPH

TSV, TURTLE = "text/tab-separated-values", "text/turtle"


@pytest.fixture
def remote(engine):
    return RemoteIndex.open(engine.url, timeout=5)


def held(engine):
    """Subjects by graph name ("" for the default graph), without what the index keeps for itself."""
    found = {}
    for quad in engine.store:
        name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value
        if name != STATE_GRAPH:
            found.setdefault(name.removeprefix("http://x/article/"), []).append(
                quad.subject.value.removeprefix("http://x/")
            )
    return {name: "".join(sorted(subjects)) for name, subjects in found.items()}


def test_default_graph_is_the_true_union(engine, remote, record):
    record.put("A", "a p o", "b p o")
    record.put("B", "b p o", "c p o")
    assert remote.catch_up(record) == 2
    assert held(engine) == {"": "abc", "A": "ab", "B": "bc"}
    record.put("A", "a p o")
    remote.catch_up(record)
    assert held(engine) == {"": "abc", "A": "a", "B": "bc"}
    record.put("B", "c p o")
    remote.catch_up(record)
    assert held(engine) == {"": "ac", "A": "a", "B": "c"}


def test_applying_again_changes_nothing(engine, remote, record):
    changes = [record.put("A", "a p o", "b p o"), record.put("B", "b p o")]
    remote.apply(changes)
    before = held(engine)
    remote.apply(changes)
    assert held(engine) == before == {"": "ab", "A": "ab", "B": "b"}


def test_awkward_literals_and_blank_nodes(engine, remote):
    triples = b'<http://x/s> <http://x/p> "a \\"b\\" \\\\ } ;\\n\\u0001"@en .\n_:b <http://x/p> _:b .\n'
    remote.apply([(1, "http://x/article/A", triples)])
    objects = {quad.object for quad in engine.store if isinstance(quad.graph_name, ox.DefaultGraph)}
    assert ox.Literal('a "b" \\ } ;\n\x01', language="en") in objects
    remote.apply([(2, "http://x/article/A", None)])
    assert held(engine) == {}


def test_one_request_for_a_batch(engine, remote, record):
    for number in range(15):
        record.put(str(number), "a p o")
    before = len(engine.requests)
    remote.catch_up(record)
    assert [path for path, _, _ in engine.requests[before:]] == ["/update"]


def test_remembers_where_it_was(engine, remote, record):
    record.put("A", "a p o")
    remote.catch_up(record)
    again = RemoteIndex.open(engine.url, timeout=5)
    assert again.sequence == 1
    record.put("B", "b p o")
    assert again.catch_up(record) == 1
    assert again.publish() == 2


def test_an_update_that_fails_is_not_remembered(engine, remote, record):
    record.put("A", "a p o")
    engine.status = 500
    with pytest.raises(IndexStoreError, match="refused an update with 500: as told"):
        remote.catch_up(record)
    engine.status = None
    assert remote.sequence == 0
    assert remote.catch_up(record) == 1


def test_rebuild(engine, remote, record):
    record.put("A", "a p o")
    remote.catch_up(record)
    engine.store.add(ox.Quad(ox.NamedNode("http://x/z"), ox.NamedNode("http://x/p"), ox.NamedNode("http://x/o")))
    assert remote.rebuild(record) == 1
    assert held(engine) == {"": "a", "A": "a"}
    assert RemoteIndex.open(engine.url, timeout=5).sequence == 1


def test_an_index_ahead_of_its_record_starts_over(engine, remote, record):
    remote.apply([(9, "http://x/article/A", b"<http://x/z> <http://x/p> <http://x/o> .\n")])
    record.put("A", "a p o")
    assert remote.catch_up(record) == 1
    assert held(engine) == {"": "a", "A": "a"}


def test_fixed_graphs_follow_their_digests(engine):
    def open_with(*graphs):
        RemoteIndex.open(engine.url, graphs, timeout=5)
        return held(engine)

    first = FixedGraph("http://x/article/R", "1", b"<http://x/a> <http://x/p> <http://x/o> .\n")
    second = FixedGraph("http://x/article/R", "2", b"<http://x/b> <http://x/p> <http://x/o> .\n")
    assert open_with(first) == {"": "a", "R": "a"}
    count = len(engine.requests)
    assert open_with(first) == {"": "a", "R": "a"}
    assert [path for path, _, _ in engine.requests[count:]].count("/update") == 0
    assert open_with(second) == {"": "b", "R": "b"}
    assert open_with() == {}


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("SELECT ?s { ?s ?p ?o }", "solutions", "?s\n<http://x/a>\n"),
        ("ASK { <a> ?p ?o }", "boolean", "true"),
        ("CONSTRUCT { ?s <q> ?o } WHERE { ?s ?p ?o }", "graph", "<http://x/a> <http://x/q> <http://x/o> .\n"),
    ],
)
def test_queries(remote, record, text, kind, expected):
    record.put("A", "a p o")
    remote.catch_up(record)
    with remote.query(text, results=TSV, graphs=TURTLE, base_iri="http://x/") as answer:
        assert (answer.kind, answer.generation) == (kind, 1)
        assert answer.media_type == (TURTLE if kind == "graph" else TSV)
        assert b"".join(answer).decode() == expected


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("SELECT * {", QuerySyntaxError),
        ("nonsense", QuerySyntaxError),
        ("INSERT DATA {}", QueryRefusedError),
        ("SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }", QueryRefusedError),
        ("DESCRIBE <http://x/a>", NotAcceptableError),
    ],
)
def test_what_is_not_answered(remote, text, error):
    with pytest.raises(error) as caught:
        remote.query(text, results=TSV, graphs=None)
    assert "\n" not in str(caught.value)


def test_nothing_refused_reaches_the_engine(engine, remote, services):
    before = len(engine.requests)
    for text in services:
        with pytest.raises(QueryRefusedError):
            remote.query(text.replace("ADDRESS", "http://localhost/"), results=TSV, graphs=TURTLE)
    assert len(engine.requests) == before


@pytest.mark.parametrize(
    ("status", "error", "message"),
    [
        (504, QueryTimeoutError, "gave up on the query: as told"),
        (503, IndexStoreError, "answered 503: as told"),
        (302, IndexStoreError, "answered 302"),
    ],
)
def test_what_the_engine_says(engine, remote, status, error, message):
    engine.status = status
    with pytest.raises(error, match=message):
        remote.query("ASK {}", results=TSV, graphs=None)


def test_an_engine_that_takes_too_long(engine):
    remote = RemoteIndex.open(engine.url, timeout=0.2)
    engine.delay = 0.6
    start = time.monotonic()
    with pytest.raises(QueryTimeoutError, match="in time"):
        remote.query("ASK {}", results=TSV, graphs=None)
    assert time.monotonic() - start < 0.5


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/query", "file:///etc/passwd", "nonsense", "http://"], ids=lambda url: url
)
def test_no_engine(url):
    with pytest.raises(IndexStoreError, match="check KG_SPARQL_URL"):
        RemoteIndex.open(url, timeout=1)


def test_something_else_answers(engine):
    engine.status = 200
    with pytest.raises(IndexStoreError, match="does not answer as a SPARQL endpoint"):
        RemoteIndex.open(engine.url, timeout=1)


@pytest.mark.parametrize(
    ("end", "update_url", "expected"),
    [
        ("/query", None, "/update"),
        ("/ds/sparql", None, "/ds/update"),
        ("/repositories/kg", None, "/repositories/kg"),
        ("/repositories/kg", "/repositories/kg/statements", "/repositories/kg/statements"),
    ],
)
def test_where_updates_go(engine, end, update_url, expected):
    base = engine.url.removesuffix("/query")
    endpoint = RemoteIndex(Endpoint(base + end, update_url and base + update_url), (), timeout=1)
    with pytest.raises(IndexStoreError):
        engine.status = 500
        endpoint.apply([])
    assert engine.requests[-1][0] == expected


def test_a_user_in_the_address(engine):
    address = engine.url.replace("//", "//me:p%40ss@")
    RemoteIndex.open(address, timeout=1)
    assert engine.requests[-1][1]["Authorization"] == "Basic bWU6cEBzcw=="


def named(engine):
    return {node.value.removeprefix("http://x/article/") for node in engine.store.named_graphs()} - {STATE_GRAPH}


def test_what_was_removed_goes_and_what_is_empty_is_there(engine, remote, record):
    for article in "AB":
        record.put(article, "a p o")
    record.put("C")
    remote.catch_up(record)
    record.remove("A")
    remote.catch_up(record)
    assert (held(engine), named(engine)) == ({"": "a", "B": "a"}, {"B", "C"})


def test_a_plain_dataset(engine, record):
    remote = RemoteIndex.open(engine.url, timeout=5, union=False)
    record.put("A", "a p o")
    remote.catch_up(record)
    remote.apply([(2, DEFAULT_GRAPH, b"<http://x/z> <http://x/p> _:b .\n")])
    assert held(engine) == {"": "z", "A": "a"}
    remote.apply([(3, DEFAULT_GRAPH, None)])
    assert held(engine) == {"A": "a"}


def test_the_other_kind_of_default_graph_fills_it_anew(engine, record):
    record.put("A", "a p o")
    fixed = [FixedGraph("http://x/article/R", "1", b"<http://x/r> <http://x/p> <http://x/o> .\n")]
    for union, expected in ((True, {"": "ar", "A": "a", "R": "r"}), (False, {"A": "a"})) * 2:
        remote = RemoteIndex.open(engine.url, fixed if union else (), timeout=5, union=union)
        assert remote.catch_up(record) == 1
        assert held(engine) == expected
        again = RemoteIndex.open(engine.url, fixed if union else (), timeout=5, union=union)
        assert again.catch_up(record) == 0


def test_an_index_of_another_journal_is_filled_anew(engine, remote, record):
    record.put("A", "a p o")
    remote.catch_up(record)
    other = type(record)()
    other.lineage = "two"
    other.put("A", "b p o")
    assert RemoteIndex.open(engine.url, timeout=5).catch_up(other) == 1
    assert held(engine) == {"": "b", "A": "b"}
