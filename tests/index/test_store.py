import pyoxigraph as ox
import pytest

from kg.errors import IndexStoreError
from kg.index.store import GraphStore
from kg.iris import DEFAULT_GRAPH


def graph(lines):
    return "".join(f"<http://x/{line}> <http://x/p> <http://x/o> .\n" for line in lines).encode()


@pytest.fixture
def store():
    return ox.Store()


def state(store):
    """Graph name ("" for the default graph) to the subjects in it."""
    found = {}
    for quad in store:
        name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value[-1]
        found.setdefault(name, set()).add(quad.subject.value.removeprefix("http://x/"))
    return {name: "".join(sorted(subjects)) for name, subjects in found.items()}


@pytest.mark.parametrize(
    ("batches", "expected"),
    [
        # each batch maps graphs to subjects
        ([{"A": "ab", "B": "bc"}], {"": "abc", "A": "ab", "B": "bc"}),
        ([{"A": "ab"}, {"B": "bc"}], {"": "abc", "A": "ab", "B": "bc"}),
        ([{"A": "ab", "B": "bc"}, {"A": "a"}], {"": "abc", "A": "a", "B": "bc"}),
        ([{"A": "ab", "B": "bc"}, {"A": "a"}, {"B": "c"}], {"": "ac", "A": "a", "B": "c"}),
        # two graphs lose the same triple at once
        ([{"A": "ab", "B": "bc"}, {"A": "a", "B": "c"}], {"": "ac", "A": "a", "B": "c"}),
        # one loses what another gains at once
        ([{"A": "ab", "B": "c"}, {"A": "a", "B": "bc"}], {"": "abc", "A": "a", "B": "bc"}),
        # a graph is removed
        ([{"A": "ab", "B": "bc"}, {"B": None}], {"": "ab", "A": "ab"}),
        # again and again
        ([{"A": "ab", "B": "bc"}] * 3, {"": "abc", "A": "ab", "B": "bc"}),
    ],
)
def test_default_graph_is_the_true_union(store, batches, expected):
    union = GraphStore(store)
    for batch in batches:
        union.replace(
            {f"http://x/{name}": None if subjects is None else graph(subjects) for name, subjects in batch.items()}
        )
    assert state(store) == expected
    assert {name.value[-1] for name in store.named_graphs()} == expected.keys() - {""}
    assert store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").serialize(format=ox.QueryResultsFormat.CSV).split() == [
        b"n",
        str(len(expected[""])).encode(),
    ]


AWKWARD = rb"""<http://x/s> <http://x/p> "line\nbreak \"quoted\" \\ tab\t } . ; # ' nul\u0001 \U0001F600" .
<http://x/s> <http://x/p> "fran\u00E7ais"@fr-CA .
<http://x/s> <http://x/p> "2024"^^<http://www.w3.org/2001/XMLSchema#gYear> .
<http://x/s> <http://x/p> "not a number"^^<http://www.w3.org/2001/XMLSchema#integer> .
<http://x/s> <http://x/p> "" .
"""


def test_every_literal_comes_and_goes(store):
    union = GraphStore(store)
    union.replace({"http://x/A": AWKWARD})
    expected = {quad.object for quad in ox.parse(AWKWARD, ox.RdfFormat.N_TRIPLES)}
    assert {quad.object for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())} == expected
    union.replace({"http://x/A": graph("a")})
    assert len(store) == 2


BLANK = b"<http://x/a> <http://x/p> _:b .\n_:b <http://x/p> _:c .\n_:c <http://x/p> <http://x/a> .\n"
CHAIN = "SELECT ?a { ?a <http://x/p> ?b . ?b <http://x/p> ?c . ?c <http://x/p> ?a FILTER(isBlank(?b) && isBlank(?c)) }"
SHARED = "SELECT ?b { <http://x/a> <http://x/p> ?b GRAPH ?g { <http://x/a> <http://x/p> ?b } }"


def count(store, query):
    return len(list(store.query(query)))


def test_blank_nodes_stay_blank_and_apart_and_are_shared_with_the_union(store):
    GraphStore(store).replace({"http://x/A": BLANK, "http://x/B": BLANK})
    # Two chains in the union, one in each graph.
    assert (count(store, CHAIN), len(store)) == (2, 12)
    assert count(store, CHAIN.replace("{ ?a", "FROM <http://x/A> { ?a")) == 1
    assert count(store, SHARED) == 2


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ({"http://x/A": BLANK}, 12),
        ({"http://x/A": BLANK, "http://x/B": BLANK}, 12),
        ({"http://x/A": None}, 6),
        ({"http://x/A": b""}, 6),
        ({"http://x/A": b"<http://x/a> <http://x/p> _:other .\n"}, 8),
        ({"http://x/A": graph("a")}, 8),
        ({"http://x/A": None, "http://x/B": None}, 0),
    ],
)
def test_blank_nodes_go_with_their_graph(store, later, expected):
    graphs = GraphStore(store)
    graphs.replace({"http://x/A": BLANK, "http://x/B": BLANK})
    for _ in range(2):
        graphs.replace(later)
        assert len(store) == expected


@pytest.mark.parametrize(
    ("batches", "expected"),
    [
        ([{"A": "ab", "B": "bc"}], {"A": "ab", "B": "bc"}),
        ([{"A": "ab", DEFAULT_GRAPH: "bz"}], {"A": "ab", "": "bz"}),
        ([{"A": "ab", DEFAULT_GRAPH: "bz"}, {"A": None}], {"": "bz"}),
        ([{"A": "ab", DEFAULT_GRAPH: "bz"}, {DEFAULT_GRAPH: "z"}], {"A": "ab", "": "z"}),
        ([{"A": "ab", DEFAULT_GRAPH: "bz"}, {DEFAULT_GRAPH: None}], {"A": "ab"}),
        ([{"A": "ab", DEFAULT_GRAPH: "bz"}, {DEFAULT_GRAPH: ""}], {"A": "ab"}),
    ],
)
def test_a_plain_dataset_holds_what_was_put_in(store, batches, expected):
    plain = GraphStore(store, union=False)
    for batch in batches:
        plain.replace(
            {
                iri if iri == DEFAULT_GRAPH else f"http://x/{iri}": None if subjects is None else graph(subjects)
                for iri, subjects in batch.items()
            }
        )
    assert state(store) == expected


def test_blank_nodes_in_a_plain_dataset(store):
    plain = GraphStore(store, union=False)
    plain.replace({"http://x/A": BLANK, DEFAULT_GRAPH: BLANK})
    assert (count(store, CHAIN), count(store, SHARED), len(store)) == (1, 0, 6)
    plain.replace({DEFAULT_GRAPH: b"_:c <http://x/p> _:c .\n"})
    assert len(store) == 4
    plain.replace({DEFAULT_GRAPH: None, "http://x/A": None})
    assert (len(store), list(store.named_graphs())) == (0, [])


@pytest.mark.parametrize("union", [True, False])
def test_a_graph_may_be_empty(store, union):
    graphs = GraphStore(store, union=union)
    is_there = "ASK { GRAPH <http://x/A> {} }"
    for triples, expected in ((b"", True), (BLANK, True), (b"", True), (graph("a"), True), (b"", True), (None, False)):
        graphs.replace({"http://x/A": triples})
        assert bool(store.query(is_there)) is expected
    assert len(store) == 0


def test_damaged_triples_change_nothing(store):
    union = GraphStore(store)
    union.replace({"http://x/A": graph("a")})
    with pytest.raises(IndexStoreError, match="http://x/B is no N-Triples"):
        union.replace({"http://x/A": graph("b"), "http://x/B": b"<http://x/s> nonsense"})
    assert state(store) == {"": "a", "A": "a"}


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        ("IO error: No space left on device: While appending to file: 8.log: No space left on device", "is full; free"),
        ("Corruption: block checksum mismatch", "checksum mismatch; if this stays, run kg rebuild"),
    ],
)
def test_what_the_engine_cannot_do_says_what_to_do(reason, message):
    class FailingStore:
        def flush(self):
            raise OSError(reason)

    with pytest.raises(IndexStoreError, match=message):
        GraphStore(FailingStore()).flush()
